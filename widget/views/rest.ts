/** Which screen shows outside a call. The screens of a call itself are in `call-ui.ts`. */
import type {TemplateResult} from 'lit';
import type {CallState} from '../call/call-state.js';
import {errorLine, type TextKey} from '../strings/catalogue.js';
import {doorIcon} from '../icons.js';
import {card} from './card.js';
import {endedView} from './ended.js';
import {failedView} from './failed.js';
import {formView} from './form.js';
import {prejoinView, type PrejoinContext} from './prejoin.js';

export interface RestContext extends PrejoinContext {
  /** The page has chosen the room: there is no form to go back to. */
  readonly hasOwnRoom: boolean;
  /** Where this side is listed, or is to be; empty: nowhere. */
  readonly directory: string;
  readonly backLabel: TextKey;
  back(): void;
}

export function restScreen(state: CallState, context: RestContext): TemplateResult {
  if (state.status === 'left') return endedView(state, context);
  if (state.status === 'failed') return failedView(state, context);
  if (context.hasOwnRoom) return prejoinView(context);
  // The people are on their way, in a chunk of their own.
  if (context.directory) return card({mark: doorIcon(), heading: context.translate('loading')});
  return formView(context);
}

/** What a screen reader is told when a call has ended. */
export function restAnnouncement(state: CallState, {translate: t}: RestContext): string {
  if (state.status === 'left') return t(`reason.${state.reason}`);
  if (state.status !== 'failed') return '';
  return errorLine(t, state.error.code);
}
