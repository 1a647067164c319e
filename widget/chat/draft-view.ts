/**
 * What is not a message yet, in the shape that it will have as one: what a peer is writing and lets be
 * seen. And the switch by which one lets the others see as much.
 */
import {html, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';
import type {CallHost} from '../call-surface.js';
import type {Translate} from '../strings/catalogue.js';

/** As much is shown of a longer one: its end, for that is where one writes. */
const SHOWN_LENGTH = 700;
const SHOWN_LINES = 10;

export function draftView(text: string, t: Translate): TemplateResult {
  return html`<div part="message message-draft" class="message" data-draft>
    <span class="words" dir="auto">${endOf(text)}</span>
    <span class="visually-hidden">${t('draftMark')}</span>
  </div>`;
}

/** The end of a long text, never half a character. */
export function endOf(text: string): string {
  const lines = text.split('\n');
  const last = lines.slice(-SHOWN_LINES).join('\n');
  const cut = last.length - SHOWN_LENGTH;
  if (cut <= 0) return lines.length > SHOWN_LINES ? `…${last}` : last;
  // One that begins before this may be cut, and is left out; a single one as long as that is a joke.
  const near = last.slice(cut - 1);
  const [first] = new Intl.Segmenter().segment(near);
  return `…${near.slice(first?.segment.length).replace(/^\p{Cs}/u, '')}`;
}

/** @param host Remembers it, for its calls to come and no longer: others may be in them. */
export function liveSwitch(t: Translate, host: CallHost): TemplateResult {
  return html`<label part="label" class="live-typing">
    <input
      part="switch-live-typing"
      type="checkbox"
      role="switch"
      .checked=${live(host.liveTyping)}
      @change=${({target}: Event) => {
        host.liveTyping = (target as HTMLInputElement).checked;
        // By which the page can tell. It need not have been there: a page may set the property alone.
        host.toggleAttribute('live-typing', host.liveTyping);
      }}
    />
    ${t('liveTyping')}
  </label>`;
}
