/** Which screen shows before a call. Those of a call itself, and of its end, are in `call-ui.ts`. */
import type {TemplateResult} from 'lit';
import type {CallState} from '../call/call-state.js';
import {errorLine, type TextKey} from '../strings/catalogue.js';
import {doorIcon} from '../icons.js';
import {card} from './card.js';
import {failedView} from './failed.js';
import {formView} from './form.js';
import {prejoinView, type PrejoinContext} from './prejoin.js';

export interface RestContext extends PrejoinContext {
  /** The page has chosen the room: there is no form to go back to. */
  readonly hasOwnRoom: boolean;
  /** Where this side is listed, or is to be; empty: nowhere. */
  readonly directory: string;
  /** The call of the page before is being gone back into. */
  readonly isResuming: boolean;
  readonly backLabel: TextKey;
  back(): void;
}

export function restScreen(state: CallState, context: RestContext): TemplateResult {
  if (state.status === 'failed') return failedView(state, context);
  // The call, or the people, are on their way, in a chunk of their own.
  const {isResuming, hasOwnRoom, directory} = context;
  if (hasOwnRoom && !isResuming) return prejoinView(context);
  const awaited = isResuming ? 'resuming' : directory && 'loading';
  if (awaited) return card({mark: doorIcon, heading: context.translate(awaited)});
  return formView(context);
}

/** What a screen reader is told when a call has failed. */
export function restAnnouncement(state: CallState, {translate: t}: RestContext): string {
  return state.status === 'failed' ? errorLine(t, state.error.code) : '';
}
