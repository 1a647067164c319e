/**
 * What lies over every screen, in a call and at rest: the question of somebody who knocks or calls,
 * and the passing messages. It remembers what is shown where; what is asked is the session's. A chunk
 * of its own: whoever comes to a room is asked nothing at first.
 */
import type {CallContext} from './call-surface.js';
import {CallError} from './call/call-error.js';
import {isActive, roomOf, type Invitation} from './call/call-state.js';
import {chosenDevice} from './call/chosen-devices.js';
import {loadChunk} from './call/load-chunk.js';
import {causeOf} from './cause-of.js';
import {keepPlaces} from './keep-places.js';
import type {Notice, NoticeList} from './notice-list.js';
import {tellPassing} from './passing-notices.js';
import {PromptFocus} from './prompt-focus.js';
import {errorLine} from './strings/catalogue.js';
import {OVERLAY_TEXTS} from './strings/overlay-texts.js';
import {devicesText} from './views/prejoin.js';
import {noticesView} from './views/notices.js';
import {overlayStyles} from './views/overlay.styles.js';
import {promptView} from './views/prompt.js';

/** What is answered sooner is not drawn as under way first: that would cost the picture that comes with it its frame. */
const PATIENCE_MS = 150;

export class OverlayUi {
  static readonly styles = [overlayStyles];
  static readonly texts = OVERLAY_TEXTS;

  readonly #context: CallContext;
  readonly #notices: NoticeList;
  readonly #promptFocus: PromptFocus;
  readonly #onAccept: (kind: Invitation['kind']) => void;
  #isAnswering = false;
  /** For so long that it is shown. */
  #isBusy = false;
  #promptPlaces: readonly (Invitation | null)[] = [];
  #noticePlaces: readonly (Notice | null)[] = [];
  #camera: MediaStreamTrack | undefined;

  /** @param signal aborted when the screens are gone */
  constructor(
    context: CallContext,
    notices: NoticeList,
    onAccept: (kind: Invitation['kind']) => void,
    signal: AbortSignal,
  ) {
    this.#context = context;
    this.#notices = notices;
    this.#onAccept = onAccept;
    this.#promptFocus = new PromptFocus(context.host);
    tellPassing(context, notices, signal);
  }

  /** @param prompted whom the person is asked about, oldest first */
  updated(prompted: readonly Invitation[]): void {
    this.#promptFocus.update(prompted[0]?.id ?? null);
    this.#lookAtCamera();
  }

  async showError(error: CallError): Promise<void> {
    const {session, page} = this.#context;
    const {cameraProblem, microphoneProblem} = session.state.media;
    const isCamera = error.code === cameraProblem?.code;
    const isMicrophone = error.code === microphoneProblem?.code;
    const device = isCamera === isMicrophone ? 'anyDevice' : isCamera ? 'camera' : 'microphone';
    const code = await causeOf(error, session);
    // Whoever closes the browser's question may have meant to.
    const isProblem = error.code !== 'display-capture-denied';
    this.#notices.add(errorLine(page().translate, code, device), isProblem);
  }

  notices(): unknown {
    this.#noticePlaces = keepPlaces(this.#notices.notices, this.#noticePlaces, ({id}) => id);
    return noticesView(this.#noticePlaces, this.#notices, this.#context.page().translate);
  }

  /** @param prompted whom the person is asked about, oldest first */
  prompt(prompted: readonly Invitation[]): unknown {
    const {session} = this.#context;
    const {translate} = this.#context.page();
    this.#promptPlaces = keepPlaces(prompted, this.#promptPlaces, ({id}) => id);
    return promptView(this.#promptPlaces, prompted[0], {
      translate,
      hintFor: (invitation) => this.#hint(invitation),
      isBusy: this.#isBusy,
      isStray: (event) => this.#promptFocus.isStray(event),
      accept: ({id, kind}) => {
        this.#onAccept(kind);
        this.#answer(() => session.accept(id));
      },
      decline: ({id}) => {
        this.#answer(() => session.decline(id));
      },
    });
  }

  /** Whoever has it on may count on what they had chosen before. */
  #lookAtCamera(): void {
    const camera = this.#context.session.localStream.getVideoTracks()[0];
    if (camera === this.#camera) return;
    this.#camera = camera;
    if (!camera || !chosenDevice('camera')?.backgroundBlur) return;
    loadChunk(() => import('./bare-notice.js'))
      .then(({tellIfBare}) => tellIfBare(camera, this.#context, this.#notices))
      // The next camera is another occasion.
      .catch(() => undefined);
  }

  /** What accepting does. */
  #hint({kind}: Invitation): string {
    const {state} = this.#context.session;
    const page = this.#context.page();
    const {translate: t} = page;
    if (kind === 'knock') return t('promptHint', {room: roomOf(state) ?? ''});
    return t(isActive(state) ? 'promptLeaves' : devicesText(page));
  }

  /** A second press while the first is under way is a slip. */
  #answer(action: () => Promise<void>): void {
    if (this.#isAnswering) return;
    this.#isAnswering = true;
    const patience = setTimeout(() => {
      this.#isBusy = true;
      this.#context.host.requestUpdate();
    }, PATIENCE_MS);
    void this.#context
      .run(() => action().catch(unlessTold))
      .finally(() => {
        clearTimeout(patience);
        this.#isAnswering = this.#isBusy = false;
        this.#context.host.requestUpdate();
      });
  }
}

/** Whoever was answered elsewhere, or found the last seat taken, is told of by `call-ended`. */
function unlessTold(thrown: unknown): void {
  const error = CallError.from(thrown);
  if (error.code !== 'invitation-over' && error.code !== 'room-full') throw error;
}
