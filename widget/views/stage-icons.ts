/** The icons of what can be done with the stage. As `icons.ts`: strokes, no meaning of their own. */
import {svg, type TemplateResult} from 'lit';
import {icon} from '../icons.js';

/** Arrows to two corners. */
export const enlargeIcon = (): TemplateResult =>
  icon(svg`<path d="M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7" />`);
/** A picture with nothing cut off, in its tile. */
export const wholeIcon = (): TemplateResult =>
  icon(svg`<rect x="2.5" y="5" width="19" height="14" rx="3" /><path d="M8 9v6M16 9v6" />`);
/** A small picture on its way to another corner. */
export const moveIcon = (): TemplateResult =>
  icon(
    svg`<rect x="12.5" y="12.5" width="8.5" height="7" rx="2" /><path d="M10 4.5H3.5V11M3.5 4.5 9.5 10.5" />`,
  );
/** One large, others below. */
export const speakerViewIcon = (): TemplateResult =>
  icon(
    svg`<rect x="3" y="4" width="18" height="10" rx="2.4" /><path d="M4 18.5h3.5M10.25 18.5h3.5M16.5 18.5H20" />`,
  );
export const fullScreenIcon = (): TemplateResult =>
  icon(svg`<path d="M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5" />`);
/** A small window before a large one. */
export const ownWindowIcon = (): TemplateResult =>
  icon(
    svg`<path d="M21 10.5V7a3 3 0 0 0-3-3H6a3 3 0 0 0-3 3v8a3 3 0 0 0 3 3h3.5" /><rect x="12.5" y="13.5" width="9" height="7" rx="2" />`,
  );
export const soundIcon = (): TemplateResult =>
  icon(
    svg`<path d="M4 9.5v5h3.5L12.5 19V5L7.5 9.5zM16 9a4.2 4.2 0 0 1 0 6M18.7 6.3a8 8 0 0 1 0 11.4" />`,
  );
