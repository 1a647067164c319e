/**
 * Being listed in a directory: sees to it that the relay is connected for as long as one is wanted,
 * asks anew after every `welcome`, and takes up who else is there. It makes no calls, and decides
 * nothing about the list but when it is complete.
 */
import type {EndReason} from '../../protocol/codes.js';
import type {RelayEvent} from '../../protocol/messages.js';
import {isRoomName, normalizeRoomName} from '../../protocol/text.js';
import {CallError} from './call-error.js';
import type {CallOptions} from './call-options.js';
import type {CallAction} from './call-reducer.js';
import {isActive, type CallState} from './call-state.js';
import {combine, mergePeople, type PeopleNews} from './people-list.js';
import type {RelayConnection} from './relay-connection.js';

export interface PresenceHost {
  readonly relay: RelayConnection;
  state(): CallState;
  options(): CallOptions;
  dispatch(action: CallAction): void;
  report(error: CallError): void;
}

/** The relay could not answer; it will be asked again when it is back. */
const PASSING = ['relay-unreachable', 'relay-timeout', 'aborted'];

/** A relay that was restarted has heard of everybody by then: who lost it at the same moment is back. */
const RETURN_MS = 5_000;

export class DirectoryPresence {
  readonly #host: PresenceHost;
  /** What the last attempt to be listed was made with. */
  #asked = '';
  /** Who we are to the relay, which a living call may not know yet. */
  #personId: string;
  /** A list that is still coming in, to be shown when it is complete. */
  #arriving: RelayEvent<'people'>[] | null = null;
  /** To whom the list was known that is shown, if it has been complete. */
  #listedAs: string | null = null;
  /** Whom the relay has not told of since it is back. */
  #missing = new Set<string>();
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(host: PresenceHost) {
    this.#host = host;
    const {relay} = host;
    this.#personId = host.state().self?.personId ?? '';
    relay.addEventListener('welcome', ({detail}) => (this.#personId = detail.personId));
    relay.addEventListener('people', ({detail}) => {
      if (this.#arriving === null) this.#show(detail.directory, [detail]);
      else this.#arriving.push(detail);
    });
  }

  /** To be called when options may have changed, and when a call has ended. */
  update(): void {
    const {relay, options, state} = this.#host;
    const {directory, token, relayUrl} = options();
    const wanted = JSON.stringify([directory, token, relayUrl]);
    if (wanted === this.#asked) return;
    // A call on one relay goes before a directory on another.
    if (isActive(state()) && !relay.isCurrent) return;
    this.#asked = wanted;
    this.#forget();
    const name = normalizeRoomName(directory ?? '');
    if (isRoomName(name)) return this.#enter(name);
    if (name !== '') this.#host.report(new CallError('room-name-invalid', 'Not a directory.'));
    this.leave();
  }

  /** The relay is there, for the first time or again. */
  welcomed(): void {
    const {directory} = this.#host.options();
    const name = normalizeRoomName(directory ?? '');
    // Also after a refusal: somebody has asked for the relay anew, and been let in.
    if (isRoomName(name)) this.#settle(name);
  }

  /** Not listed any more, at once. */
  leave(): void {
    const {relay, state, dispatch} = this.#host;
    this.#forget();
    if (state().directory === null) return relay.release(this);
    dispatch({type: 'directory-changed', directory: null, reason: 'unreachable'});
    void this.#unlist().then(() => {
      if (state().directory === null) relay.release(this);
    });
  }

  /** The relay has closed the connection for good. Stays away until asked anew. */
  closed(reason: EndReason): void {
    const {relay, dispatch} = this.#host;
    this.#forget();
    dispatch({type: 'directory-changed', directory: null, reason});
    relay.release(this);
  }

  #enter(name: string): void {
    this.#take(name);
    // Only then: a connection that was opened as somebody else is given up by being taken.
    void (this.#host.relay.isReady ? this.#list(name) : this.#connect(name));
  }

  async #connect(name: string): Promise<void> {
    const {relay, state, report} = this.#host;
    // The options name another relay: this one is not to list us for longer.
    if (relay.state === 'open') await this.#unlist();
    if (state().directory !== name) return;
    try {
      await relay.open();
    } catch (thrown) {
      const error = CallError.from(thrown);
      if (error.code === 'aborted' || state().directory !== name) return;
      // Whoever joins or calls hears it from that.
      if (!isActive(state())) report(error);
      if (!PASSING.includes(error.code)) this.closed('lost');
    }
  }

  async #unlist(): Promise<void> {
    try {
      await this.#host.relay.request('directory', {directory: null});
    } catch {
      // It is away, and finds out by itself.
    }
  }

  #show(directory: string, messages: readonly RelayEvent<'people'>[]): void {
    const here = messages.filter((message) => message.directory === directory);
    this.#merge(directory, combine(here, this.#personId));
  }

  #merge(directory: string, news: PeopleNews): void {
    const {state, dispatch} = this.#host;
    if (state().directory !== directory) return;
    for (const {personId} of news.people) this.#missing.delete(personId);
    dispatch({type: 'people-changed', directory, people: mergePeople(state().people, news)});
  }

  /** After a reconnection: who is not on the list may not be back yet. */
  #showAgain(directory: string, messages: readonly RelayEvent<'people'>[]): void {
    this.#missing = new Set(this.#host.state().people.map(({personId}) => personId));
    this.#merge(directory, {...combine(messages, this.#personId), isSnapshot: false});
    this.#patience = setTimeout(() => {
      this.#merge(directory, {isSnapshot: false, people: [], gone: [...this.#missing]});
    }, RETURN_MS);
  }

  #forget(): void {
    this.#listedAs = null;
    clearTimeout(this.#patience);
  }

  #settle(name: string): void {
    this.#take(name);
    void this.#list(name);
  }

  #take(name: string): void {
    const {relay, dispatch} = this.#host;
    relay.hold(this, {isPatient: true});
    dispatch({type: 'directory-changed', directory: name, reason: 'unreachable'});
    dispatch({type: 'signaling-changed', signaling: relay.state});
  }

  async #list(directory: string): Promise<void> {
    const {relay, state, report} = this.#host;
    clearTimeout(this.#patience);
    const arriving: RelayEvent<'people'>[] = [];
    this.#arriving = arriving;
    let isLatest = true;
    try {
      await relay.request('directory', {directory});
    } catch (thrown) {
      const error = CallError.from(thrown);
      if (state().directory !== directory || PASSING.includes(error.code)) return;
      report(error);
      return this.closed('lost');
    } finally {
      isLatest = this.#arriving === arriving;
      if (isLatest) this.#arriving = null;
    }
    if (!isLatest || state().directory !== directory) return;
    // In one piece: after a reconnection nobody is gone and back again.
    if (this.#listedAs === this.#personId) this.#showAgain(directory, arriving);
    else this.#show(directory, arriving);
    this.#listedAs = this.#personId;
  }
}
