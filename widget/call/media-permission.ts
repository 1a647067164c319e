/** What the browser would say to a request for a device, as far as it tells without asking anybody. */
import type {DeviceKind} from './local-media.js';

export async function isGranted(kind: DeviceKind): Promise<boolean> {
  try {
    const {state} = await navigator.permissions.query({name: kind});
    return state === 'granted';
  } catch {
    return false;
  }
}

/** Chromium alone tells; elsewhere a blocked frame looks like a person's "no". */
export function isAllowedByPolicy(kind: DeviceKind | 'display-capture'): boolean {
  const {document: page} = globalThis as {
    document?: {featurePolicy?: {allowsFeature(name: string): boolean}};
  };
  return page?.featurePolicy?.allowsFeature(kind) ?? true;
}

/** Not on phones, and not in a frame whose page does not let it. */
export function canShareScreen(): boolean {
  // Absent outside secure contexts, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return (
    devices !== undefined && 'getDisplayMedia' in devices && isAllowedByPolicy('display-capture')
  );
}
