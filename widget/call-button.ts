/** The buttons in the bar of a call, for what presses them beside a pointer: keys (`shortcuts.ts`), the system's controls. */
import type {CallHost} from './call-surface.js';

/** `undefined` where there is no such button, `null` where the page has chosen to do without it (`controls`). */
export function callButton(host: CallHost, name: string): HTMLElement | null | undefined {
  const button = host.shadowRoot?.querySelector<HTMLElement>(`.controls [part~=button-${name}]`);
  return button?.style.display === 'none' ? null : button;
}
