/**
 * The call in a small window of its own that stays in front of everything (Document Picture-in-Picture,
 * WICG): its people, its buttons and its questions, as the page shows them. A second drawing of the same, not
 * the element moved there: a document that is closed takes with it what is in it, and the element keeps the
 * sound. A chunk of its own.
 */
import {html, nothing, render} from 'lit';
import type {CallContext, CallScreens} from './call-surface.js';
import {isSeated} from './call/state-questions.js';
import type {BoxSize} from './stage-marks.js';
import {layTiles} from './tile-box.js';
import {showChosen} from './views/controls.js';
import {showStreams} from './views/tile.js';

/** Not in TypeScript's DOM library yet. */
interface DocumentPictureInPicture {
  requestWindow(options: {width: number; height: number}): Promise<Window>;
}

/** Arranges tiles that are not those of the page, in a box of this size. */
export type DressTiles = (tiles: HTMLElement, size: BoxSize) => void;

/** Room for a face and a row of buttons. Pixels. */
const SIZE = {width: 360, height: 320};

/** What opens beside the call in its page, and what is done with the pictures there, has no place here. */
const HERE = `
  :host { block-size: 100dvh !important; min-inline-size: 0 !important; }
  .base { border: 0; border-radius: 0; }
  .bar { grid-template-columns: minmax(0, 1fr); }
  [data-panel], [part~='button-screen'], .view, .away, .tile-tools, .where, .hear, .lobby .button { display: none !important; }
  .tiles { visibility: visible !important; }
  [data-own] { cursor: auto !important; }
`;

export class OwnWindow {
  readonly #context: CallContext;
  readonly #screens: CallScreens;
  readonly #dress: DressTiles;
  readonly #window: Window & typeof globalThis;
  readonly #root: ShadowRoot;
  readonly #host: HTMLElement;
  readonly #onClosed: (closed: OwnWindow) => void;
  /** Closed, by whomever. */
  isOver = false;
  #styled = -1;
  #tokens = new Set<string>();
  /** The question that has had the focus. */
  #asked: Element | null = null;

  /**
   * To be called in the moment in which somebody presses something.
   * @param onClosed by the person, by `close()`, or with the page
   * @throws {DOMException} `NotAllowedError` without such a moment
   */
  static async open(
    context: CallContext,
    screens: CallScreens,
    dress: DressTiles,
    onClosed: (closed: OwnWindow) => void,
  ): Promise<OwnWindow> {
    const {documentPictureInPicture} = globalThis as unknown as {
      documentPictureInPicture: DocumentPictureInPicture;
    };
    const opened = await documentPictureInPicture.requestWindow(SIZE);
    const own = opened as Window & typeof globalThis;
    return new OwnWindow(context, screens, dress, own, onClosed);
  }

  private constructor(
    context: CallContext,
    screens: CallScreens,
    dress: DressTiles,
    opened: Window & typeof globalThis,
    onClosed: (closed: OwnWindow) => void,
  ) {
    this.#context = context;
    this.#screens = screens;
    this.#dress = dress;
    this.#window = opened;
    this.#onClosed = onClosed;
    const {document: own} = opened;
    own.title = document.title;
    this.#host = own.createElement('div');
    own.body.append(this.#host);
    this.#root = this.#host.attachShadow({mode: 'open'});
    // The element is heard: here nobody learns that a picture can be played aloud.
    const quiet = (event: Event): void => event.stopPropagation();
    this.#root.addEventListener('loadedmetadata', quiet, {capture: true});
    // A phone is turned, or the first picture has come.
    this.#root.addEventListener('resize', () => this.#lay(), {capture: true});
    opened.addEventListener('pagehide', () => this.#end(), {once: true});
    opened.addEventListener('resize', () => this.#lay());
    this.updated();
  }

  /** After every rendering of the element. */
  updated(): void {
    const {session} = this.#context;
    if (this.isOver) return;
    if (!isSeated(session.state)) return this.close();
    this.#style();
    render(this.#view(), this.#root);
    showChosen(this.#context.host, this.#root);
    const videos = [...this.#root.querySelectorAll('video')];
    showStreams(videos, session);
    for (const video of videos) video.muted = true;
    this.#lay();
    this.#ask();
  }

  close(): void {
    this.#window.close();
  }

  #end(): void {
    this.isOver = true;
    // A video is kept alive by its stream, and keeps alive what it can reach.
    for (const video of this.#root.querySelectorAll('video')) video.srcObject = null;
    this.#onClosed(this);
  }

  /** By the window's own size: an observer of the page's sleeps with the page. */
  #lay(): void {
    const tiles = this.#root.querySelector<HTMLElement>('.tiles');
    if (!tiles) return;
    const size = {width: tiles.clientWidth, height: tiles.clientHeight};
    layTiles(tiles, size);
    this.#dress(tiles, size);
  }

  /** As in the page, a question takes the focus, and is read out. */
  #ask(): void {
    const dialog = this.#root.querySelector<HTMLElement>('[role=alertdialog]');
    if (dialog !== this.#asked) dialog?.focus();
    this.#asked = dialog;
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
    if (sheets.length !== this.#styled) this.#adopt(sheets);
    // What it inherits from its page, which may be another than a moment ago.
    const worn = getComputedStyle(host);
    for (const name of ['color-scheme', 'font-family', 'font-size', ...this.#tokens]) {
      const value = worn.getPropertyValue(name);
      if (value !== this.#host.style.getPropertyValue(name)) {
        this.#host.style.setProperty(name, value);
      }
    }
  }

  #adopt(sheets: readonly CSSStyleSheet[]): void {
    this.#styled = sheets.length;
    const text = sheets
      .flatMap(({cssRules}) => [...cssRules].map((rule) => rule.cssText))
      .join('\n');
    this.#tokens = new Set(text.match(/--vcr-[\w-]+/g));
    const {CSSStyleSheet} = this.#window;
    const [inherited, here, outside] = [text, HERE, 'body{margin:0}'].map((rules) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      return sheet;
    });
    this.#root.adoptedStyleSheets = [inherited!, here!];
    this.#window.document.adoptedStyleSheets = [outside!];
  }
}

function directionOf(element: HTMLElement | null | undefined): string {
  return element ? getComputedStyle(element).direction : 'ltr';
}
