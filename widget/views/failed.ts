/** The screen of a failure that ended a call: what happened, what to do about it, and the ways on. */
import type {TemplateResult} from 'lit';
import type {CallState} from '../call/call-state.js';
import {alertIcon} from '../icons.js';
import {errorWords} from '../strings/catalogue.js';
import {card} from './card.js';
import {checkButton} from './form.js';
import type {RestContext} from './rest.js';
import {waysOn} from './ways-on.js';

export function failedView(
  state: Extract<CallState, {status: 'failed'}>,
  context: RestContext,
): TemplateResult {
  const [heading, text] = errorWords(context.translate, state.error.code);
  const body = waysOn(context, state.room, 'tryAgain', checkButton(context));
  return card({mark: alertIcon, tone: 'danger', heading, text, body});
}
