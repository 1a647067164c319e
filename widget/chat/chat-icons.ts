/** The icons of the conversation. As `../icons.ts`: strokes, no meaning of their own. */
import {icon} from '../icons.js';

export const fileIcon = icon(
  'M13.5 2.75H7.4A2.4 2.4 0 0 0 5 5.15v13.7a2.4 2.4 0 0 0 2.4 2.4h9.2a2.4 2.4 0 0 0 2.4-2.4V8.25zM13.5 2.75v5.5H19',
);
/** A paper clip. */
export const attachIcon = icon(
  'M20 11.2l-8.3 8.3a5.2 5.2 0 0 1-7.4-7.4l8.6-8.6a3.5 3.5 0 0 1 5 5l-8.6 8.6a1.75 1.75 0 0 1-2.5-2.5l7.9-7.9',
);
/** An arrow up, the same in either reading direction. */
export const sendIcon = icon('M12 19.5v-15M5.5 11 12 4.5l6.5 6.5');
export const saveIcon = icon('M12 4v11M7 10.5l5 5 5-5M5 20h14');
export const downIcon = icon('M12 5v14M6 13l6 6 6-6');
