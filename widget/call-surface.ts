/**
 * What the element, its controller and the lazily loaded engine know of each other: types only, so
 * that the page's first load carries nothing of a call.
 */
import type {CSSResult, ReactiveControllerHost, TemplateResult} from 'lit';
import type {CallError} from './call/call-error.js';
import type {CallEventDetails} from './call/call-events.js';
import type {CallOptions} from './call/call-options.js';
import type {CallState} from './call/call-state.js';
import type {CheckOptions, CheckResult} from './call/doctor/check.js';
import type {CallReport} from './call/doctor/doctor.js';
import type {ChatDraft, ChatMessage, FileTransfer, SendFileOptions} from './call/talk-state.js';
import type {TypedEventTarget} from './call/typed-event-target.js';
import type {Strings} from './strings/catalogue.js';
import type {RestContext} from './views/rest.js';

/** Options with a relay to go to. */
export type SessionOptions = Partial<CallOptions> & Pick<CallOptions, 'relayUrl'>;

/** What the element needs of a `CallSession`. */
export interface Session extends TypedEventTarget<CallEventDetails> {
  readonly state: CallState;
  readonly localStream: MediaStream;
  readonly carries: CallOptions['media'] | null;
  readonly localScreen: MediaStream | null;
  streamOf(peerId: string): MediaStream | null;
  screenOf(peerId: string): MediaStream | null;
  configure(options: Partial<CallOptions>): void;
  warmUp(): void;
  join(room?: string): Promise<void>;
  resume(): Promise<boolean>;
  leave(): Promise<void>;
  call(personId: string): Promise<void>;
  accept(id?: string): Promise<void>;
  decline(id?: string): Promise<void>;
  toggleMicrophone(force?: boolean): Promise<boolean>;
  toggleCamera(force?: boolean): Promise<boolean>;
  toggleScreenShare(force?: boolean): Promise<boolean>;
  selectDevice(kind: MediaDeviceKind, deviceId: string): Promise<void>;
  readonly chat: readonly ChatMessage[];
  readonly typing: readonly string[];
  readonly drafts: readonly ChatDraft[];
  readonly transfers: readonly FileTransfer[];
  send(data: unknown, options?: {to?: string}): Promise<void>;
  sendChat(text: string): Promise<void>;
  setTyping(typing: boolean | string): void;
  sendFile(file: File | Blob, options?: SendFileOptions): Promise<void>;
  cancelFile(id: string): void;
  getStats(): Promise<Map<string, RTCStatsReport>>;
  getReport(): Promise<CallReport>;
  check(options?: CheckOptions): Promise<CheckResult>;
  dispose(): void;
}

/** The screens that belong to a session; loaded together with the engine. */
export interface CallScreens {
  /** What lies over the screen: questions and passing messages. Stands before it. */
  aboveMain(): TemplateResult;
  /** `null` where it is one of the screens that an element without a call has, too. */
  render(): TemplateResult | null;
  /** What stands beside the screen, or covers it where there is no room. */
  besideMain(): unknown;
  /** After every rendering: focus, sound and measures need the finished DOM. */
  updated(): void;
  /** What a screen reader is told about where the call stands; `null` as for `render()`. */
  announcement(): string | null;
  showError(error: CallError): void;
  dispose(): void;
}

/** What the page has said by attributes and properties, and what the element's own screens may do. */
export interface PageContext extends RestContext {
  readonly noRingtone: boolean;
  /** Takes an own name that was typed in. */
  setName(name: string): void;
}

/** What a chunk brings that is loaded late. */
export interface ChunkParts {
  readonly styles?: readonly CSSResult[];
  readonly texts: Partial<Strings>;
}

/** The element, as the screens see it. */
export interface CallHost extends ReactiveControllerHost, HTMLElement {
  /** The switch in the chat; an attribute of the page's as well. */
  liveTyping: boolean;
  readonly autoAccept: boolean;
  /** Which buttons show, by name. A property set by a script may hold anything. */
  controls: unknown;
}

/** What the screens may ask of the element. */
export interface CallContext {
  readonly host: CallHost;
  readonly session: Session;
  /** What the page has set, read anew at every rendering. */
  page(): PageContext;
  /** False if the page cancelled the invitation's `call-request`: it answers by itself. */
  isPrompted(invitationId: string): boolean;
  /** Runs what a person asked for; a failure becomes a `call-error`. */
  run(action: () => Promise<unknown>): Promise<void>;
  /** A chunk has come: what it brings is there from the next rendering on. */
  onChunk(chunk: ChunkParts): void;
  /** Tells the page and the person. */
  readonly report: (error: CallError) => void;
}

/** The lazily loaded part. */
export interface Engine {
  CallSession: new (options: SessionOptions) => Session;
  CallUi: (new (context: CallContext) => CallScreens) & {readonly styles: readonly CSSResult[]};
  CALL_TEXTS: Partial<Strings>;
  /** For the calls to come. */
  selectDevice(kind: MediaDeviceKind, deviceId: string): Promise<unknown>;
  loadOutcomeTexts(): Promise<Partial<Strings>>;
}

export interface CallControllerConfig {
  loadEngine(): Promise<Engine>;
  options(): SessionOptions;
  context(): PageContext;
  onEngine(engine: Engine): void;
  onChunk(chunk: ChunkParts): void;
  /** Settles when the words for errors are there, or cannot be had. */
  outcomeTexts(): Promise<void>;
}
