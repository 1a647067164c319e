/** What is said beside the own picture while alone in the room, with a way to bring others in. It fires no request. */
import {html, type TemplateResult} from 'lit';
import type {Translate} from '../strings/catalogue.js';
import {button} from './card.js';
import {checkIcon, linkIcon} from './call-icons.js';

export interface WaitingContext {
  readonly translate: Translate;
  readonly room: string;
  /** The page's address opens this room. */
  readonly isLinked: boolean;
  readonly isCopied: boolean;
  copy(): void;
}

export function waitingView(context: WaitingContext): TemplateResult {
  const {translate: t, room, isLinked, isCopied, copy} = context;
  const label = isLinked ? 'copyLink' : 'copyRoomName';
  return html`<div part="lobby" class="lobby">
    <slot name="waiting">
      <h2 part="heading" class="heading">${t('waiting')}</h2>
      <p part="room-name" class="lobby-room">${room}</p>
      <p part="text" class="text">${t('waitingHint')}</p>
    </slot>
    <slot name="invite"
      >${button({
        label: html`${isCopied ? checkIcon : linkIcon} ${t(isCopied ? 'copied' : label)}`,
        onClick: copy,
      })}</slot
    >
  </div>`;
}

/** Does `href` say the room's name, however it is spelled in there? */
export function isInAddress(room: string, href: string): boolean {
  try {
    return decodeURIComponent(href.replaceAll('+', ' ')).includes(room);
  } catch {
    // A stray percent sign elsewhere in the address.
    return href.includes(encodeURIComponent(room));
  }
}
