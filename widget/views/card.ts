/** The one shape of every screen outside a call: a mark, a heading, words, and what to do next. Knows nothing of calls. */
import {html, nothing, type TemplateResult} from 'lit';

export interface Card {
  readonly mark: TemplateResult;
  readonly tone?: 'danger' | 'busy' | undefined;
  readonly heading: string;
  readonly text?: string | undefined;
  readonly body?: unknown;
}

/** `data-focus`: where the focus goes if the button that had it went away with the last screen. */
export function card({mark, tone, heading, text, body}: Card): TemplateResult {
  return html`<div part="card" class="card" data-tone=${tone ?? nothing}>
    <div part="mark" class="mark">${mark}</div>
    <h2 part="heading" class="heading" tabindex="-1" data-focus>${heading}</h2>
    ${text ? html`<p part="text" class="text">${text}</p>` : nothing} ${body ?? nothing}
  </div>`;
}

export interface ButtonOptions {
  readonly label: unknown;
  readonly kind?: 'primary' | 'danger' | 'quiet' | 'link' | undefined;
  /** Without it the button submits its form. */
  readonly onClick?: () => void;
  readonly isBusy?: boolean;
}

/** A busy button stays focusable and named; it only stops answering. */
export function button({label, kind, onClick, isBusy}: ButtonOptions): TemplateResult {
  return html`<button
    part="button ${kind ? `button-${kind}` : ''}"
    class="button ${kind ?? ''}"
    type=${onClick ? 'button' : 'submit'}
    aria-disabled=${isBusy ? 'true' : nothing}
    @click=${onClick ?? nothing}
  >
    ${label}
  </button>`;
}
