/** The screen after a call: why it is over, and the ways on. */
import {html, nothing, type TemplateResult} from 'lit';
import type {EndReason} from '../../protocol/codes.js';
import type {CallState} from '../call/call-state.js';
import {doorIcon} from '../icons.js';
import {button, card} from './card.js';
import type {RestContext} from './rest.js';

/** Ends that nobody here wished for: joining again is one more try. */
const UNWISHED: readonly EndReason[] = [
  'declined',
  'busy',
  'timeout',
  'unreachable',
  'lost',
  'failed',
];

export function endedView(
  state: Extract<CallState, {status: 'left'}>,
  context: RestContext,
): TemplateResult {
  const {translate: t, hasOwnRoom, isLoading} = context;
  const again = t(UNWISHED.includes(state.reason) ? 'tryAgain' : 'joinAgain');
  return card({
    mark: doorIcon(),
    heading: t(`reason.${state.reason}`),
    // The room of a call to a person has a name that nobody gave it, and is gone.
    text: state.person ? undefined : t('prejoinTitle', {room: state.room}),
    body: html`<div class="actions">
      ${
        state.person && !hasOwnRoom
          ? nothing
          : button({
              label: isLoading ? t('loading') : again,
              kind: 'primary',
              isBusy: isLoading,
              onClick: () => {
                if (!isLoading) context.join(hasOwnRoom ? undefined : state.room);
              },
            })
      }
      ${hasOwnRoom ? nothing : button({label: t(context.backLabel), onClick: context.back})}
    </div>`,
  });
}
