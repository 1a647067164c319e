/** The icons of the idle element, drawn on a 24-unit grid in the text's colour. They carry no meaning of their own: the text or label beside them does. */
import {html, svg, type SVGTemplateResult, type TemplateResult} from 'lit';

/** One icon of strokes. Hidden from assistive technology. */
export function icon(strokes: SVGTemplateResult): TemplateResult {
  return html`<svg
    class="icon"
    part="icon"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${strokes}
  </svg>`;
}

export const cameraStrokes = svg`<rect x="2.5" y="6" width="12.5" height="12" rx="3.2" /><path d="M15 11.2l4.9-2.9a1.05 1.05 0 0 1 1.6.9v5.6a1.05 1.05 0 0 1-1.6.9L15 12.8" />`;
export const microphoneStrokes = svg`<rect x="8.75" y="2.5" width="6.5" height="11.5" rx="3.25" /><path d="M5 11.25a7 7 0 0 0 14 0M12 18.25v3.25" />`;

export const cameraIcon = (): TemplateResult => icon(cameraStrokes);
export const microphoneIcon = (): TemplateResult => icon(microphoneStrokes);
export const plusIcon = (): TemplateResult => icon(svg`<path d="M12 5v14M5 12h14" />`);
/** A door ajar with a knock. */
export const doorIcon = (): TemplateResult =>
  icon(
    svg`<path d="M5 21V5.4A2.4 2.4 0 0 1 7.4 3h9.2A2.4 2.4 0 0 1 19 5.4V21M2.5 21h19" /><path d="M15 12.2v.1" />`,
  );
export const alertIcon = (): TemplateResult =>
  icon(svg`<circle cx="12" cy="12" r="9.25" /><path d="M12 7.4v5.4M12 16.4v.1" />`);
