/** What one person said in one go: who, when, and the pieces of it. What a piece looks like is not its business. */
import {html, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import type {Translate} from '../strings/catalogue.js';
import type {Entry, Group} from './entries.js';
import type {Formats} from './formats.js';

export function groupView(
  {from, displayName, at, entries}: Group,
  t: Translate,
  formats: Formats,
  entryView: (entry: Entry) => TemplateResult,
): TemplateResult {
  const name = from === null ? t('you') : displayName || t('guest');
  return html`<div class="group" ?data-own=${from === null}>
    <p part="message-head" class="who">
      <bdi class="who-name">${name}</bdi>
      ${
        // One that has just been begun has no time yet. What stands there instead takes no line more,
        // or the message would jump: in a very narrow element it is left to the looks of the bubble.
        entries[0]?.kind === 'draft'
          ? html`<span part="hint" class="who-note" aria-hidden="true">${t('draftMark')}</span>`
          : html`<time dir="auto" datetime=${new Date(at).toISOString()}>${formats.time(at)}</time>`
      }
    </p>
    ${repeat(entries, ({key}) => key, entryView)}
  </div>`;
}
