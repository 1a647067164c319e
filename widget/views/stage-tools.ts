/** The small buttons on a tile and in the corner of the stage. What they do is told by whoever draws them. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Translate} from '../strings/catalogue.js';
import {button} from './card.js';

export interface StageTool {
  readonly part: string;
  readonly label: string;
  readonly icon: TemplateResult;
  /** Absent: a button that does one thing each time. */
  readonly isPressed?: boolean;
  press(): void;
}

export function stageTools(kind: 'tile-tools' | 'view', tools: readonly StageTool[]): unknown {
  if (tools.length === 0) return nothing;
  return html`<div part=${kind} class=${kind}>${tools.map(toolButton)}</div>`;
}

/** What stands in place of the pictures while they are in a window of their own. */
export function awayView(t: Translate, bringBack: () => void): TemplateResult {
  return html`<div part="away" class="away">
    <p part="text">${t('inOwnWindow')}</p>
    ${button({label: t('bringBack'), onClick: bringBack})}
  </div>`;
}

/** Named by its title: beside another name of the same words it would be read as a description, too. */
function toolButton({part, label, icon, isPressed, press}: StageTool): TemplateResult {
  return html`<button
    part="button button-${part}"
    class="tool"
    type="button"
    title=${label}
    aria-pressed=${isPressed ?? nothing}
    @click=${press}
  >
    ${icon}
  </button>`;
}
