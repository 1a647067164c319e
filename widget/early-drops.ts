/** Files that are dropped before there is a chat: there is no time to load anything between a drop and the files' being gone. */
export class EarlyDrops {
  files: File[] = [];

  /**
   * @param isAwaited there is a call, and nothing yet that takes them
   * @param onDrag somebody is about to drop some, or has
   */
  constructor(
    host: HTMLElement,
    isAwaited: () => boolean,
    onDrag: () => void,
    signal: AbortSignal,
  ) {
    const take = (event: DragEvent): void => {
      const {dataTransfer, type} = event;
      if (!dataTransfer?.types.includes('Files') || event.defaultPrevented || !isAwaited()) return;
      // Where nothing takes it, the browser opens a dropped file in place of the call.
      event.preventDefault();
      if (type === 'drop') this.files.push(...dataTransfer.files);
      onDrag();
    };
    for (const type of ['dragover', 'drop'] as const) host.addEventListener(type, take, {signal});
  }
}
