/**
 * The place of what lies over a screen. The live region is there before anything is said in it:
 * screen readers miss it otherwise. What stands in it comes with `overlay-ui.ts`.
 */
import {html, type TemplateResult} from 'lit';

/** Of several notices each is read out once (`aria-atomic`), not all of them with each new one. */
export function overlayView(prompt: unknown, notices: unknown): TemplateResult {
  return html`<div class="overlay">
    ${prompt}
    <div part="notices" class="notices" role="status" aria-atomic="false">${notices}</div>
  </div>`;
}
