/** The passing messages over a call. What they say and for how long is `notice-list.ts`'s business. */
import {html, nothing} from 'lit';
import type {Notice, NoticeList} from '../notice-list.js';
import type {Translate} from '../strings/catalogue.js';
import {closeIcon} from './call-icons.js';

export function noticesView(
  places: readonly (Notice | null)[],
  list: NoticeList,
  t: Translate,
): unknown {
  return places.map((notice) =>
    notice
      ? html`<div part="notice" class="notice" ?data-problem=${notice.isProblem}>
          <span>${notice.text}</span>
          <button
            part="button button-dismiss"
            class="button dismiss"
            type="button"
            aria-label=${t('dismiss')}
            @click=${() => {
              list.dismiss(notice.id);
            }}
          >
            ${closeIcon}
          </button>
        </div>`
      : nothing,
  );
}
