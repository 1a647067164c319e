/** What a person can do when a call is over or has failed: try it again, go back. Knows nothing of how it ended. */
import {html, nothing, type TemplateResult} from 'lit';
import type {TextKey} from '../strings/catalogue.js';
import {button} from './card.js';
import type {RestContext} from './rest.js';

/** @param room Empty: there is none to go into again. */
export function waysOn(
  {translate: t, hasOwnRoom, room: ownRoom, isLoading, join, backLabel, back}: RestContext,
  room: string | null,
  again: TextKey,
  more: unknown = nothing,
): TemplateResult {
  const next = hasOwnRoom ? ownRoom : room;
  return html`<div part="actions" class="actions">
    ${
      next
        ? button({
            label: t(isLoading ? 'loading' : again),
            kind: 'primary',
            isBusy: isLoading,
            onClick: () => {
              if (!isLoading) join(next);
            },
          })
        : nothing
    }
    ${
      hasOwnRoom
        ? nothing
        : button({label: t(backLabel), kind: next ? undefined : 'primary', onClick: back})
    }
    ${more}
  </div>`;
}
