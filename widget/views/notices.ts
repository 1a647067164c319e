/** The passing messages over a call. What they say and for how long is `notice-list.ts`'s business. */
import {html, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import type {NoticeList} from '../notice-list.js';
import type {Translate} from '../strings/catalogue.js';
import {closeIcon} from './call-icons.js';

export function noticesView(list: NoticeList, t: Translate): TemplateResult {
  return html`<div
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
    ${repeat(
      list.notices,
      ({id}) => id,
      ({id, text, isProblem}) =>
        html`<div part="notice" class="notice" ?data-problem=${isProblem}>
          <span>${text}</span>
          <button
            part="button button-dismiss"
            class="dismiss"
            type="button"
            aria-label=${t('dismiss')}
            @click=${() => {
              list.dismiss(id);
            }}
          >
            ${closeIcon()}
          </button>
        </div>`,
    )}
  </div>`;
}
