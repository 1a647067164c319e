/** The screen after a call to or from somebody: how it ended, in words with their name, and the ways on. */
import {html, type TemplateResult} from 'lit';
import type {EndReason} from '../../protocol/codes.js';
import type {CallState, Person} from '../call/call-state.js';
import {personOf} from '../call/state-questions.js';
import {alertIcon} from '../icons.js';
import {errorLine, errorWords, type TextKey, type Translate} from '../strings/catalogue.js';
import {button, card} from './card.js';
import {callIcon} from './people-icons.js';

export interface AfterCallContext {
  readonly translate: Translate;
  /** They did talk. */
  readonly wasTaken: boolean;
  readonly isBusy: boolean;
  /** Where the way back leads: to the list, unless the page has a room of its own. */
  readonly backLabel: TextKey;
  back(): void;
  callAgain(person: Person): void;
}

type Over = Extract<CallState, {status: 'left' | 'failed'}>;

/** Ends of a call that was never taken which are told with the person's name. */
const NAMED = ['declined', 'busy', 'timeout', 'unreachable'] as const satisfies EndReason[];

export function afterCallView(state: Over, context: AfterCallContext): TemplateResult {
  const {translate: t, isBusy} = context;
  const person = personOf(state);
  const [heading, text] = wordsFor(state, t, context.wasTaken);
  const isFailed = state.status === 'failed';
  const words = card({
    mark: isFailed ? alertIcon : callIcon,
    tone: isFailed ? 'danger' : undefined,
    heading,
    text,
    body: html`<div part="actions" class="actions">
      ${
        person
          ? button({
              label: t('callAgain'),
              kind: 'primary',
              isBusy,
              onClick: () => {
                context.callAgain(person);
              },
            })
          : null
      }
      ${button({label: t(context.backLabel), onClick: context.back})}
    </div>`,
  });
  return isFailed ? words : html`<slot name="ended">${words}</slot>`;
}

export function afterCallAnnouncement(state: Over, t: Translate, wasTaken: boolean): string {
  return state.status === 'failed'
    ? errorLine(t, state.error.code)
    : wordsFor(state, t, wasTaken).filter(Boolean).join('. ');
}

function wordsFor(state: Over, t: Translate, wasTaken: boolean): [heading: string, text: string] {
  if (state.status === 'failed') return errorWords(t, state.error.code);
  const name = state.person?.displayName || t('guest');
  const {reason} = state;
  if (wasTaken) {
    const isCalm = reason === 'left' || reason === 'room-closed';
    return [t(isCalm ? 'callEnded' : `reason.${reason}`), t('callEndedWith', {name})];
  }
  const named = NAMED.find((each) => each === reason);
  return named ? [t(`called.${named}`, {name}), ''] : [t(`reason.${reason}`), name];
}
