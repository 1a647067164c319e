/** The screen of a failure that ended a call: what happened, what to do about it, and the ways on. */
import {html, nothing, type TemplateResult} from 'lit';
import type {CallState} from '../call/call-state.js';
import {alertIcon} from '../icons.js';
import {errorWords} from '../strings/catalogue.js';
import {button, card} from './card.js';
import {checkButton} from './form.js';
import type {RestContext} from './rest.js';

export function failedView(
  state: Extract<CallState, {status: 'failed'}>,
  context: RestContext,
): TemplateResult {
  const {translate: t, hasOwnRoom, isLoading} = context;
  const [heading, text] = errorWords(t, state.error.code);
  const room = hasOwnRoom ? context.room : state.room;
  return card({
    mark: alertIcon(),
    tone: 'danger',
    heading,
    text,
    body: html`<div class="actions">
      ${
        room
          ? button({
              label: t(isLoading ? 'loading' : 'tryAgain'),
              kind: 'primary',
              isBusy: isLoading,
              onClick: () => {
                if (!isLoading) context.join(room);
              },
            })
          : nothing
      }
      ${
        hasOwnRoom
          ? nothing
          : button({
              label: t(context.backLabel),
              ...(room ? {} : {kind: 'primary' as const}),
              onClick: context.back,
            })
      }
      ${checkButton(context)}
    </div>`,
  });
}
