/** The icons that only people and their calls show. As `icons.ts`: strokes, no meaning of their own. */
import {icon} from '../icons.js';

export const peopleIcon = icon(
  'M5.25 8a3.75 3.75 0 1 0 7.5 0 3.75 3.75 0 1 0-7.5 0zM2.5 20c0-4 2.6-6 6.5-6s6.5 2 6.5 6M15.5 4.5a3.75 3.75 0 0 1 0 7M18 14.4c2.3.8 3.5 2.6 3.5 5.6',
);
/** A handset, lifted. */
export const callIcon = icon(
  'M8.4 4.2 6 4.6c-1 .2-1.8 1-1.7 2.1A14.6 14.6 0 0 0 17.3 19.7c1 .1 1.9-.7 2.1-1.7l.4-2.4c.1-.7-.2-1.3-.8-1.6l-2.6-1.3c-.6-.3-1.3-.2-1.8.3l-.9.9a10.6 10.6 0 0 1-3.6-3.6l.9-.9c.5-.5.6-1.2.3-1.8L10 5c-.3-.6-.9-.9-1.6-.8z',
);
export const bellIcon = icon(
  'M6 10a6 6 0 0 1 12 0v4.2l1.7 2.6H4.3L6 14.2zM10 19.6a2.2 2.2 0 0 0 4 0',
);
export const searchIcon = icon(
  'M4 10.5a6.5 6.5 0 1 0 13 0 6.5 6.5 0 1 0-13 0zM15.4 15.4 20.5 20.5',
);
