/** The question whether to let somebody in or to take a call. Escape declines; several wait their turn, oldest first. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Invitation} from '../call/call-state.js';
import type {Translate} from '../strings/catalogue.js';
import {button} from './card.js';
import {hueOf, initialsOf} from './tile.js';

export interface PromptContext {
  readonly translate: Translate;
  readonly isBusy: boolean;
  /** What accepting comes to. */
  hintFor(invitation: Invitation): string;
  /** Too early to be an answer. */
  isStray(event: Event): boolean;
  accept(invitation: Invitation): void;
  decline(invitation: Invitation): void;
}

/** Each invitation has a place of its own: a new person is a new dialog, and is read out. */
export function promptView(
  places: readonly (Invitation | null)[],
  oldest: Invitation | undefined,
  context: PromptContext,
): unknown {
  const more = places.filter(Boolean).length - 1;
  return places.map((invitation) =>
    invitation && invitation === oldest ? dialog(invitation, more, context) : nothing,
  );
}

function dialog(invitation: Invitation, more: number, context: PromptContext): TemplateResult {
  const {translate: t, isBusy} = context;
  const {from} = invitation;
  const name = from.displayName;
  const decline = (): void => {
    context.decline(invitation);
  };
  return html`<div
    part="prompt"
    class="prompt"
    role="alertdialog"
    tabindex="-1"
    aria-labelledby="prompt-title"
    aria-describedby="prompt-text"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape' || context.isStray(event)) return;
      event.stopPropagation();
      decline();
    }}
  >
    <div part="avatar" class="caller" data-hue=${hueOf(from.personId)} aria-hidden="true">
      ${initialsOf(name || '?')}
    </div>
    <div class="prompt-words">
      <h2 part="heading" id="prompt-title">${name ? t('callsYou', {name}) : t('someCallsYou')}</h2>
      <p part="text" class="text" id="prompt-text">
        ${context.hintFor(invitation)}
        ${more > 0 ? html`<br />${t('promptMore', {count: more})}` : nothing}
      </p>
    </div>
    <div part="actions" class="prompt-actions">
      ${button({label: t('decline'), onClick: decline, isBusy})}
      ${button({
        label: t('accept'),
        kind: 'primary',
        isBusy,
        onClick: () => {
          context.accept(invitation);
        },
      })}
    </div>
  </div>`;
}
