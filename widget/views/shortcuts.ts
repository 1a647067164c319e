/** The list of the keyboard's shortcuts, over everything else. Which there are is `../shortcuts.ts`. */
import {html, type TemplateResult} from 'lit';
import type {Translate} from '../strings/catalogue.js';
import type {Shortcut} from '../shortcuts.js';
import {button} from './card.js';

export function shortcutsView(
  t: Translate,
  shortcuts: readonly Shortcut[],
  close: () => void,
): TemplateResult {
  return html`<h2 part="heading" id="shortcuts-title" tabindex="-1" autofocus>${t('shortcuts')}</h2>
    <dl part="shortcuts" class="shortcuts">
      ${shortcuts.map(
        ({name, key}) =>
          html`<div>
            <dt>${t(`shortcut.${name}`)}</dt>
            <dd><kbd part="key">${key.toUpperCase()}</kbd></dd>
          </div>`,
      )}
    </dl>
    <p part="hint" class="dialog-hint">${t('shortcutsHint')}</p>
    ${button({label: t('close'), onClick: close})}`;
}
