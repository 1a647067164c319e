/**
 * The people of the directory on the screen: the list, calling one of them, and what is shown when
 * such a call is over. A chunk of its own, loaded with a directory. Who is here and how a call
 * stands is the session's state; kept here is only what was typed and what was put away.
 */
import type {TemplateResult} from 'lit';
import type {CallContext} from './call-surface.js';
import {isActive, peersOf, type CallState, type Person} from './call/call-state.js';
import {personOf} from './call/state-questions.js';
import {isFocusLost} from './focus.js';
import type {NoticeList} from './notice-list.js';
import {NotifyMe} from './notify-me.js';
import {PeopleNews} from './people-news.js';
import {PeopleSearch} from './people-search.js';
import type {SidePanel} from './side-panels.js';
import {PEOPLE_TEXTS} from './strings/people-texts.js';
import {afterCallAnnouncement, afterCallView} from './views/after-call.js';
import {callingView} from './views/calling.js';
import {peopleIcon} from './views/people-icons.js';
import {peopleView, type PeopleContext} from './views/people.js';
import {peopleStyles} from './views/people.styles.js';
import {prejoinView} from './views/prejoin.js';
import {restAnnouncement, restScreen} from './views/rest.js';

export {SidePanels} from './side-panels.js';

/** What it may ask of the screens around it. */
export interface PeopleSurroundings {
  readonly notices: NoticeList;
  closePanel(): void;
}

export class PeopleUi {
  static readonly styles = [peopleStyles];
  static readonly texts = PEOPLE_TEXTS;

  readonly #context: CallContext;
  readonly #surroundings: PeopleSurroundings;
  readonly #lifetime = new AbortController();
  readonly #search: PeopleSearch;
  readonly #news: PeopleNews;
  readonly #notify: NotifyMe;
  /** The card about the last call was put away, or nobody is to see one. */
  #isPutAway = false;
  /** The talk did take place. */
  #wasInCall: boolean;
  #isBusy = false;
  /** Whom the last call from here was made to. */
  #called: Person | null = null;
  /** Whose button gets the focus when the list is back. */
  #returnTo: string | null = null;

  constructor(context: CallContext, surroundings: PeopleSurroundings) {
    const update = (): void => {
      context.host.requestUpdate();
    };
    this.#context = context;
    this.#wasInCall = context.session.state.status === 'in-call';
    this.#surroundings = surroundings;
    this.#search = new PeopleSearch(update);
    this.#notify = new NotifyMe(update);
    this.#news = new PeopleNews(update);
    this.#context.session.addEventListener(
      'status-changed',
      ({detail: {status, previous, reason}}) => {
        const {state} = context.session;
        if (isActive(state)) this.#wasInCall = status === 'in-call';
        // Whoever gives a call up knows that it is over.
        const person = personOf(state);
        this.#isPutAway = reason === 'left' && previous !== 'in-call' && person !== undefined;
        if (person && this.#isPutAway) this.#returnTo = person.personId;
      },
      {signal: this.#lifetime.signal},
    );
    context.session.addEventListener(
      'call-ended',
      ({detail: {id, kind, reason}}) => {
        // Nothing rang, and the call that one is in goes on.
        if (kind === 'call' && reason === 'busy' && isActive(context.session.state))
          this.#tellBusy();
        // The question is gone from here without a word, and somebody may have been about to answer.
        const isGone = kind === 'call' && reason === 'answered-elsewhere';
        // Who answers by itself tells of it by itself.
        if (isGone && context.isPrompted(id)) {
          surroundings.notices.add(context.page().translate('answeredElsewhere'));
        }
      },
      {signal: this.#lifetime.signal},
    );
  }

  /** In the side, where something else is the screen. */
  get panel(): SidePanel | null {
    const {page, session} = this.#context;
    const {directory, hasOwnRoom, translate: t} = page();
    // Without a room of its own, every screen at rest is the list or leads to it.
    if (!directory || !(hasOwnRoom || isActive(session.state))) return null;
    const count = session.state.people.length;
    return {
      name: 'people',
      label: () => t('people'),
      icon: peopleIcon,
      badge: () => (count > 0 ? {text: String(count), label: t('peopleCount', {count})} : null),
      content: () => peopleView(this.#listContext(true)),
    };
  }

  /** The screen while there is no call; `null` where it has nothing to do with people. */
  render(): TemplateResult | null {
    const {session, page} = this.#context;
    const context = page();
    if (!context.directory) return null;
    if (this.#isAfterCall(session.state)) {
      return afterCallView(session.state, {
        translate: context.translate,
        wasTaken: this.#wasInCall,
        isBusy: this.#isBusy,
        backLabel: context.hasOwnRoom ? 'back' : 'backToPeople',
        back: this.#putAway,
        callAgain: (person) => {
          this.#call(person);
        },
      });
    }
    if (this.#isScreen) return peopleView(this.#listContext(false));
    if (context.hasOwnRoom) return this.#isPutAway ? prejoinView(context) : null;
    return restScreen(session.state, {
      ...context,
      backLabel: 'backToPeople',
      back: this.#putAway,
    });
  }

  announcement(): string | null {
    const {session, page} = this.#context;
    const {state} = session;
    const {translate: t} = page();
    if (state.status === 'calling') {
      return state.isRinging ? t('ringing') : t('calling', {name: this.#nameOf(state.person)});
    }
    if (isActive(state) || !page().directory) return null;
    if (this.#isAfterCall(state)) return afterCallAnnouncement(state, t, this.#wasInCall);
    return this.#isPutAway || this.#isScreen ? '' : restAnnouncement(state, page());
  }

  /** Beside the own picture while a call waits for an answer. */
  calling(cancel: () => void): TemplateResult | null {
    const {state} = this.#context.session;
    if (state.status !== 'calling') return null;
    return callingView(state, {translate: this.#context.page().translate, cancel});
  }

  updated(): void {
    const {session, host} = this.#context;
    this.#news.update(session.state, this.#context.page().translate);
    if (this.#returnTo === null || !this.#isScreen) return;
    if (isFocusLost(host)) {
      host.shadowRoot
        ?.querySelector<HTMLElement>(`.call[value="${CSS.escape(this.#returnTo)}"]`)
        ?.focus();
    }
    this.#returnTo = null;
  }

  dispose(): void {
    this.#lifetime.abort();
    this.#search.dispose();
    this.#news.dispose();
  }

  /** The people are the screen itself. */
  get #isScreen(): boolean {
    const {session, page} = this.#context;
    const {state} = session;
    const {directory, hasOwnRoom} = page();
    if (!directory || hasOwnRoom || isActive(state)) return false;
    return state.status === 'idle' || this.#isPutAway;
  }

  /** The last call was made to somebody, and there is something to say about its end. */
  #isAfterCall(state: CallState): state is Extract<CallState, {status: 'left' | 'failed'}> {
    if (state.status !== 'left' && state.status !== 'failed') return false;
    return !this.#isPutAway && personOf(state) !== undefined;
  }

  #listContext(isPanel: boolean): PeopleContext {
    const {session, page} = this.#context;
    const {state} = session;
    return {
      page: page(),
      state,
      isPanel,
      callingName: this.#callingName(state),
      inCallWith: peersOf(state).map(({personId}) => personId),
      search: this.#search,
      news: this.#news.text,
      notify: this.#notify,
      call: (person) => {
        this.#call(person);
      },
    };
  }

  #callingName(state: CallState): string | null {
    const person = isActive(state) && state.status !== 'in-call' ? personOf(state) : undefined;
    return person ? this.#nameOf(person) : null;
  }

  #call(person: Person): void {
    const {session} = this.#context;
    if (this.#isBusy || this.#callingName(session.state) !== null) return;
    this.#isBusy = true;
    this.#returnTo = person.personId;
    this.#surroundings.closePanel();
    this.#called = person;
    void this.#context
      .run(() => session.call(person.personId))
      .finally(() => {
        this.#isBusy = false;
        this.#context.host.requestUpdate();
      });
  }

  #tellBusy(): void {
    const {translate} = this.#context.page();
    if (this.#called === null) return;
    this.#surroundings.notices.add(translate('called.busy', {name: this.#nameOf(this.#called)}));
  }

  #nameOf({displayName}: Person): string {
    return displayName || this.#context.page().translate('guest');
  }

  readonly #putAway = (): void => {
    this.#isPutAway = true;
    this.#returnTo = personOf(this.#context.session.state)?.personId ?? null;
    this.#context.host.requestUpdate();
  };
}
