/** The screen after a call: why it is over, and the ways on. */
import {html, type TemplateResult} from 'lit';
import type {EndReason} from '../../protocol/codes.js';
import type {CallState} from '../call/call-state.js';
import {doorIcon} from '../icons.js';
import {card} from './card.js';
import type {RestContext} from './rest.js';
import {waysOn} from './ways-on.js';

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
  const {translate: t} = context;
  return html`<slot name="ended"
    >${card({
      mark: doorIcon,
      heading: t(`reason.${state.reason}`),
      // The room of a call to a person has a name that nobody gave it, and is gone.
      text: state.person ? undefined : t('prejoinTitle', {room: state.room}),
      body: waysOn(
        context,
        state.person ? null : state.room,
        UNWISHED.includes(state.reason) ? 'tryAgain' : 'joinAgain',
      ),
    })}</slot
  >`;
}
