/** The icon of the button that opens the files. As `../icons.ts`: strokes, no meaning of its own. */
import {icon} from '../icons.js';

/** A folder. */
export const filesIcon = icon(
  'M3.5 7.4A2.4 2.4 0 0 1 5.9 5h3.4l2.4 2.8h6.4a2.4 2.4 0 0 1 2.4 2.4v6.4a2.4 2.4 0 0 1-2.4 2.4H5.9a2.4 2.4 0 0 1-2.4-2.4z',
);
