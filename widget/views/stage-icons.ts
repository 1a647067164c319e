/** The icons of what can be done with the stage. As `icons.ts`: strokes, no meaning of their own. */
import {icon} from '../icons.js';

/** Arrows to two corners. */
export const enlargeIcon = icon('M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7');
/** A picture with nothing cut off, in its tile. */
export const wholeIcon = icon(
  'M5.5 5h13a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-13a3 3 0 0 1-3-3v-8a3 3 0 0 1 3-3zM8 9v6M16 9v6',
);
/** A small picture on its way to another corner. */
export const moveIcon = icon(
  'M14.5 12.5h4.5a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2h-4.5a2 2 0 0 1-2-2v-3a2 2 0 0 1 2-2zM10 4.5H3.5V11M3.5 4.5 9.5 10.5',
);
/** One large, others below. */
export const speakerViewIcon = icon(
  'M5.4 4h13.2a2.4 2.4 0 0 1 2.4 2.4v5.2a2.4 2.4 0 0 1-2.4 2.4h-13.2a2.4 2.4 0 0 1-2.4-2.4v-5.2a2.4 2.4 0 0 1 2.4-2.4zM4 18.5h3.5M10.25 18.5h3.5M16.5 18.5H20',
);
export const fullScreenIcon = icon('M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5');
/** A small window before a large one. */
export const ownWindowIcon = icon(
  'M21 10.5V7a3 3 0 0 0-3-3H6a3 3 0 0 0-3 3v8a3 3 0 0 0 3 3h3.5M14.5 13.5h5a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2h-5a2 2 0 0 1-2-2v-3a2 2 0 0 1 2-2z',
);
