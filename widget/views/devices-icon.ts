/** The icon of the button that opens the devices. As `../icons.ts`: strokes, no meaning of its own. */
import {svg, type TemplateResult} from 'lit';
import {icon} from '../icons.js';

/** Two sliders. */
export const devicesIcon = (): TemplateResult =>
  icon(
    svg`<path d="M3 8h9M18 8h3M3 16h3M12 16h9" /><circle cx="15" cy="8" r="3" /><circle cx="9" cy="16" r="3" />`,
  );
