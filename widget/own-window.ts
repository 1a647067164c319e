/**
 * The call in a small window of its own that stays in front of everything (Document Picture-in-Picture,
 * WICG): its people, its buttons and its questions, as the page shows them. A second drawing of the same, not the element moved there: a document that is closed takes with it what is in it, and the
 * element keeps the sound. A chunk of its own.
 */
import {html, nothing, render} from 'lit';
import type {CallContext, CallScreens} from './call-surface.js';
import {isSeated} from './call/state-questions.js';
import {TileBox} from './tile-box.js';
import {showStreams} from './views/tile.js';

/** Not in TypeScript's DOM library yet. */
interface DocumentPictureInPicture {
  requestWindow(options: {width: number; height: number}): Promise<Window>;
}

/** Room for a face and a row of buttons. Pixels. */
const SIZE = {width: 360, height: 320};

/** What opens beside the call in its page, and what is done with the pictures there, has no place here. */
const HERE = `
  :host { block-size: 100dvh !important; min-inline-size: 0 !important; }
  .base { border: 0; border-radius: 0; }
  .bar { grid-template-columns: minmax(0, 1fr); }
  [data-panel], [part~='button-screen'], .view, .away, .tile-tools, .where, .hear { display: none !important; }
  .tiles { visibility: visible !important; }
`;

export class OwnWindow {
  readonly #context: CallContext;
  readonly #screens: CallScreens;
  readonly #window: Window & typeof globalThis;
  readonly #root: ShadowRoot;
  readonly #host: HTMLElement;
  readonly #tileBox = new TileBox();
  readonly #onClosed: () => void;
  #styled = -1;

  /**
   * To be called in the moment in which somebody presses something.
   * @param onClosed by the person, by `close()`, or with the page
   * @throws {DOMException} `NotAllowedError` without such a moment
   */
  static async open(
    context: CallContext,
    screens: CallScreens,
    onClosed: () => void,
  ): Promise<OwnWindow> {
    const {documentPictureInPicture} = globalThis as unknown as {
      documentPictureInPicture: DocumentPictureInPicture;
    };
    const opened = await documentPictureInPicture.requestWindow(SIZE);
    return new OwnWindow(context, screens, opened as Window & typeof globalThis, onClosed);
  }

  private constructor(
    context: CallContext,
    screens: CallScreens,
    opened: Window & typeof globalThis,
    onClosed: () => void,
  ) {
    this.#context = context;
    this.#screens = screens;
    this.#window = opened;
    this.#onClosed = onClosed;
    const {document: own} = opened;
    own.title = document.title;
    this.#host = own.createElement('div');
    own.body.append(this.#host);
    this.#root = this.#host.attachShadow({mode: 'open'});
    opened.addEventListener('pagehide', () => this.#end(), {once: true});
    this.updated();
  }

  /** After every rendering of the element. */
  updated(): void {
    const {session} = this.#context;
    if (!isSeated(session.state)) return this.close();
    this.#style();
    render(this.#view(), this.#root);
    const videos = [...this.#root.querySelectorAll('video')];
    showStreams(videos, session);
    // The element is heard; it would be heard twice.
    for (const video of videos) video.muted = true;
    this.#tileBox.observe(this.#root.querySelector<HTMLElement>('.tiles'));
  }

  close(): void {
    this.#window.close();
  }

  #end(): void {
    this.#tileBox.observe(null);
    // A video is kept alive by its stream, and keeps alive what it can reach.
    for (const video of this.#root.querySelectorAll('video')) video.srcObject = null;
    this.#onClosed();
  }

  #view(): unknown {
    const base = this.#context.host.shadowRoot?.querySelector<HTMLElement>('.base');
    return html`<div class="base" lang=${base?.lang || nothing} dir=${directionOf(base)}>
      ${this.#screens.aboveMain()}
      <div class="main">${this.#screens.render()}</div>
    </div>`;
  }

  /** What the element wears; sheets that are adopted belong to one document. */
  #style(): void {
    const {host} = this.#context;
    const sheets = host.shadowRoot?.adoptedStyleSheets ?? [];
    if (sheets.length === this.#styled) return;
    this.#styled = sheets.length;
    const text = sheets.map(({cssRules}) => [...cssRules].map((rule) => rule.cssText)).flat();
    const sheet = new this.#window.CSSStyleSheet();
    sheet.replaceSync(text.join('\n'));
    const page = new this.#window.CSSStyleSheet();
    page.replaceSync(HERE);
    this.#root.adoptedStyleSheets = [sheet, page];
    const outside = new this.#window.CSSStyleSheet();
    outside.replaceSync('body{margin:0}');
    this.#window.document.adoptedStyleSheets = [outside];
    // What it inherits from its page.
    const worn = getComputedStyle(host);
    const tokens = new Set(text.join('\n').match(/--vcr-[\w-]+/g));
    for (const name of ['color-scheme', 'font-family', 'font-size', ...tokens]) {
      const value = worn.getPropertyValue(name);
      if (value) this.#host.style.setProperty(name, value);
    }
  }
}

function directionOf(element: HTMLElement | null | undefined): string {
  return element ? getComputedStyle(element).direction : 'ltr';
}
