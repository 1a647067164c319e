/** The card of the check before a call: a row for each thing that was tried, and why it does not work. Tries nothing itself. */
import {html, nothing, type TemplateResult} from 'lit';
import type {CheckStep} from '../call/doctor/check.js';
import {errorLine, type Translate} from '../strings/catalogue.js';
import {button} from './card.js';

export interface CheckContext {
  readonly translate: Translate;
  readonly steps: readonly CheckStep[];
  /** What it all comes to; `null` while it runs. */
  readonly isGood: boolean | null;
  again(): void;
  back(): void;
}

export function checkView({
  translate: t,
  steps,
  isGood,
  again,
  back,
}: CheckContext): TemplateResult {
  const works = steps.some(({outcome}) => outcome === 'failed') ? 'checkSome' : 'checkGood';
  const verdict = isGood === null ? 'checkHint' : isGood ? works : 'checkBad';
  return html`<div part="card" class="card checking">
    <h2 part="heading" class="heading" tabindex="-1" data-focus>${t('checkTitle')}</h2>
    <p part="text" class="text verdict" role="status">${t(verdict)}</p>
    <ul part="check" class="check">
      ${steps.map((step) => row(step, t))}
    </ul>
    <div part="actions" class="actions">
      ${button({label: t('checkAgain'), onClick: again, isBusy: isGood === null})}
      ${button({label: t('back'), onClick: back})}
    </div>
  </div>`;
}

function row({name, outcome, cause}: CheckStep, t: Translate): TemplateResult {
  const device = name === 'camera' || name === 'microphone' ? name : 'anyDevice';
  return html`<li part="check-step" class="check-step" data-outcome=${outcome}>
    <span part="check-name" class="check-name">${t(`check.${name}`)}</span>
    <span part="check-outcome" class="check-outcome">${t(`outcome.${outcome}`)}</span>
    ${cause === null ? nothing : html`<p part="check-cause" class="check-cause">${errorLine(t, cause, device)}</p>`}
  </li>`;
}
