/** The icons that only a call shows. As `icons.ts`: strokes, no meaning of their own. */
import {cameraStrokes, icon, microphoneStrokes} from '../icons.js';

/** A stroke through the icon: the thing is off. */
const slash = 'M3.5 3.5l17 17';

export const cameraOffIcon = icon(`${cameraStrokes}${slash}`);
export const microphoneOffIcon = icon(`${microphoneStrokes}${slash}`);
/** A handset laid down. */
export const leaveIcon = icon(
  'M3 15.5c-2-2.5 1-7.5 9-7.5s11 5 9 7.5q-1 1-2 .5l-2.5-1.5q-1-.5-.5-2v-1a12 12 0 0 0-8 0v1q.5 1.5-.5 2L5 16q-1 .5-2-.5z',
);
export const linkIcon = icon(
  'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
);
export const checkIcon = icon('M4.5 12.5l5 5 10-11');
export const closeIcon = icon('M6 6l12 12M18 6 6 18');
/** A screen, from which something goes out; and one that has been taken back. */
const screenStrokes =
  'M5.1 4h13.8a2.6 2.6 0 0 1 2.6 2.6v7.8a2.6 2.6 0 0 1-2.6 2.6h-13.8a2.6 2.6 0 0 1-2.6-2.6v-7.8a2.6 2.6 0 0 1 2.6-2.6zM8.5 20.5h7';
export const shareIcon = icon(`${screenStrokes}M12 13.6V7.6M9.2 10.2 12 7.4l2.8 2.8`);
export const stopSharingIcon = icon(`${screenStrokes}M9.6 8.1l4.8 4.8M14.4 8.1l-4.8 4.8`);
