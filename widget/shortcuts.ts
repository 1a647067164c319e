/**
 * Single keys that press a button of the call, while the focus is in the element and not in a field (WCAG 2.2,
 * 2.1.4), and the list of them. They press what a person would press, so what cannot be pressed does nothing.
 */
import {render} from 'lit';
import {callButton} from './call-button.js';
import type {CallContext} from './call-surface.js';
import type {NoticeList} from './notice-list.js';
import {SHORTCUT_TEXTS} from './strings/shortcut-texts.js';
import {shortcutsView} from './views/shortcuts.js';
import {shortcutsStyles} from './views/shortcuts.styles.js';

export interface Shortcut {
  readonly name: 'microphone' | 'camera' | 'screen' | 'chat' | 'help';
  readonly key: string;
  /** Where that key is on a keyboard whose letters are others (UI Events, `KeyboardEvent.code`). */
  readonly code?: string;
}

const SHORTCUTS: readonly Shortcut[] = [
  {name: 'microphone', key: 'm', code: 'KeyM'},
  {name: 'camera', key: 'v', code: 'KeyV'},
  {name: 'screen', key: 's', code: 'KeyS'},
  {name: 'chat', key: 'c', code: 'KeyC'},
  {name: 'help', key: '?'},
];

/** Where a letter is a letter. */
const FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';

export class Shortcuts {
  static readonly styles = [shortcutsStyles];
  static readonly texts = SHORTCUT_TEXTS;

  readonly #context: CallContext;
  #dialog: HTMLDialogElement | null = null;
  /** Pressed by a key: whoever did so may look at, or hear of, something else than the button. */
  #pressed: Shortcut['name'] | null = null;

  /** @param signal aborted when the screens are gone */
  constructor(context: CallContext, notices: NoticeList, signal: AbortSignal) {
    this.#context = context;
    const {host, session} = context;
    host.addEventListener('keydown', (event) => this.#onKey(event), {signal});
    for (const name of ['microphone', 'camera'] as const) {
      session.addEventListener(
        `${name}-changed`,
        ({detail: {enabled}}) => {
          if (this.#pressed !== name) return;
          this.#pressed = null;
          notices.add(context.page().translate(`${name}${enabled ? 'On' : 'Off'}`));
        },
        {signal},
      );
    }
    signal.addEventListener('abort', () => this.#dialog?.remove(), {once: true});
  }

  /** After every rendering. */
  updated(): void {
    const root = this.#context.host.shadowRoot;
    // Behind it nobody can be answered, and without a call there is nothing to press.
    if (!root?.querySelector('.controls') || root.querySelector('[role=alertdialog]')) {
      this.#dialog?.close();
    }
    for (const shortcut of SHORTCUTS) {
      const button = this.#buttonOf(shortcut.name);
      if (!button) continue;
      if (this.#isOff) button.removeAttribute('aria-keyshortcuts');
      else button.setAttribute('aria-keyshortcuts', shortcut.key);
    }
  }

  get #isOff(): boolean {
    return this.#context.host.hasAttribute('no-shortcuts');
  }

  #onKey(event: KeyboardEvent): void {
    if (this.#isOff || event.defaultPrevented || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [target] = event.composedPath();
    if (target instanceof Element && target.closest(FIELDS)) return;
    const shortcut = shortcutOf(event);
    if (!shortcut || this.#dialog?.open) return;
    if (shortcut.name === 'help') this.#showHelp();
    else {
      const button = this.#buttonOf(shortcut.name);
      if (!button || button.ariaDisabled === 'true') return;
      this.#pressed = shortcut.name;
      button.click();
    }
    event.preventDefault();
  }

  #buttonOf(name: Shortcut['name']): HTMLElement | null | undefined {
    return callButton(this.#context.host, name);
  }

  #showHelp(): void {
    const base = this.#context.host.shadowRoot?.querySelector('.base');
    if (!base) return;
    const dialog = (this.#dialog ??= document.createElement('dialog'));
    dialog.className = 'dialog';
    dialog.part.value = 'dialog';
    dialog.setAttribute('aria-labelledby', 'shortcuts-title');
    // There it is in the element's language; lit leaves what is not its own where it is.
    base.append(dialog);
    const shown = SHORTCUTS.filter(({name}) => name === 'help' || this.#buttonOf(name));
    render(
      shortcutsView(this.#context.page().translate, shown, () => dialog.close()),
      dialog,
    );
    dialog.showModal();
  }
}

function shortcutOf({key, code, shiftKey}: KeyboardEvent): Shortcut | undefined {
  const isLatin = /^[a-z]$/i.test(key);
  return SHORTCUTS.find(
    (each) =>
      each.key === key.toLowerCase() ||
      // A letter of another script, by where it is.
      (!isLatin && !shiftKey && each.code === code && /^\p{L}$/u.test(key)),
  );
}
