/** What is said beside the own picture while asking to be let in. */
import {html, type TemplateResult} from 'lit';
import type {Translate} from '../strings/catalogue.js';
import {button} from './card.js';

export interface KnockingContext {
  readonly translate: Translate;
  readonly room: string;
  cancel(): void;
}

export function knockingView({translate: t, room, cancel}: KnockingContext): TemplateResult {
  return html`<div part="lobby" class="lobby">
    <div part="mark" class="knock" aria-hidden="true"></div>
    <h2 part="heading" class="heading">${t('knocking')}</h2>
    <p part="text" class="text">${t('knockingHint', {room})}</p>
    ${button({label: t('cancel'), onClick: cancel})}
  </div>`;
}
