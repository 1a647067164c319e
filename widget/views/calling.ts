/** What is said beside the own picture while somebody is being rung. */
import {html, type TemplateResult} from 'lit';
import type {CallState} from '../call/call-state.js';
import type {Translate} from '../strings/catalogue.js';
import {button} from './card.js';
import {hueOf, initialsOf} from './tile.js';

export interface CallingContext {
  readonly translate: Translate;
  cancel(): void;
}

export function callingView(
  {person, isRinging}: Extract<CallState, {status: 'calling'}>,
  {translate: t, cancel}: CallingContext,
): TemplateResult {
  const name = person.displayName || t('guest');
  return html`<div part="lobby" class="lobby calling" ?data-ringing=${isRinging}>
    <div part="avatar" class="caller" data-hue=${hueOf(person.personId)} aria-hidden="true">
      ${initialsOf(name)}
    </div>
    <h2 part="heading" class="heading">${isRinging ? t('ringing') : t('calling', {name})}</h2>
    <p part="text" class="text">${isRinging ? name : t('callingHint')}</p>
    ${button({label: t('cancel'), onClick: cancel})}
  </div>`;
}
