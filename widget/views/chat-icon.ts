/** The icon of the button that opens the chat. As `../icons.ts`: strokes, no meaning of its own. */
import {icon} from '../icons.js';

/** What comes out of somebody's mouth. */
export const chatIcon = icon(
  'M4 6.4A2.4 2.4 0 0 1 6.4 4h11.2A2.4 2.4 0 0 1 20 6.4v7.7a2.4 2.4 0 0 1-2.4 2.4H11l-4.6 3.8v-3.8A2.4 2.4 0 0 1 4 14.1z',
);
