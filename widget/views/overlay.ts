/**
 * The place of what lies over a screen. The live region is there before anything is said in it:
 * screen readers miss it otherwise. What stands in it comes with `overlay-ui.ts`.
 */
import {html, type TemplateResult} from 'lit';
import type {NoticeList} from '../notice-list.js';

export function overlayView(prompt: unknown, notices: unknown, list: NoticeList): TemplateResult {
  return html`<div class="overlay">
    ${prompt}
    <div
      part="notices"
      class="notices"
      role="status"
      @pointerenter=${() => {
        list.pause();
      }}
      @pointerleave=${() => {
        list.resume();
      }}
    >
      ${notices}
    </div>
  </div>`;
}
