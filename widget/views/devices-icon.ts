/** The icon of the button that opens the devices. As `../icons.ts`: strokes, no meaning of its own. */
import {icon} from '../icons.js';

/** Two sliders. */
export const devicesIcon = icon(
  'M3 8h9M18 8h3M3 16h3M12 16h9M12 8a3 3 0 1 0 6 0 3 3 0 1 0-6 0zM6 16a3 3 0 1 0 6 0 3 3 0 1 0-6 0z',
);
