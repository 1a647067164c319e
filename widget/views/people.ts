/**
 * The list of people with what belongs to it: who I am to them, a search, and a button to call each
 * of them. It shows what it is given, in that order; a row is made anew only if its person changed.
 */
import {html, nothing, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {repeat} from 'lit/directives/repeat.js';
import type {PageContext} from '../call-surface.js';
import {isActive, type CallState, type Person, type PersonState} from '../call/call-state.js';
import type {NotifyMe} from '../notify-me.js';
import {SEARCH_FROM, type PeopleSearch} from '../people-search.js';
import type {TextKey} from '../strings/catalogue.js';
import {button} from './card.js';
import {bellIcon, callIcon, peopleIcon, searchIcon} from './people-icons.js';
import {hueOf, initialsOf} from './tile.js';

export interface PeopleContext {
  readonly page: PageContext;
  readonly state: CallState;
  /** Within a frame that has a heading of its own. */
  readonly isPanel: boolean;
  /** Somebody is being called: nobody else can be. */
  readonly callingName: string | null;
  /** Ids of the people in the call with us. */
  readonly inCallWith: readonly string[];
  readonly search: PeopleSearch;
  /** What is read out. */
  readonly news: string;
  readonly notify: NotifyMe;
  call(person: Person): void;
}

export function peopleView(context: PeopleContext): TemplateResult {
  const {page, state, isPanel, search} = context;
  const {translate: t} = page;
  const {people} = state;
  const found = search.find(people);
  const instead =
    people.length === 0 ? emptyTexts(state) : found.length === 0 ? NO_MATCH : undefined;
  const emptyHeading = instead ? t(instead[0], {text: search.text.trim()}) : '';
  const isLost = isRelayLost(state);
  const hasSearch = people.length >= SEARCH_FROM || search.text !== '';
  return html`<section
    part="people"
    class="people"
    aria-labelledby=${isPanel ? 'panel-title' : 'people-title'}
    ?data-lost=${isLost}
  >
    <div class="people-top">
      ${
        isPanel
          ? nothing
          : html`<h2 part="heading" class="heading" id="people-title" tabindex="-1" data-focus>
              ${t('people')}
              ${
                people.length > 0
                  ? html`<span part="badge" class="badge">${people.length}</span>`
                  : nothing
              }
            </h2>`
      }
      ${ownName(context)} ${hasSearch ? searchField(context) : nothing}
      ${
        isLost
          ? html`<p part="signal" class="signal">
              <span part="spinner" class="spinner"></span>${t('relayLost')}
            </p>`
          : nothing
      }
    </div>
    ${instead ? empty(emptyHeading, instead, context) : list(found, context)}
    <div class="people-end">${notifyMe(context)}</div>
    <p class="visually-hidden" role="status">
      ${
        // Always there, with whatever there is to say: what comes with its words already in it is not read out.
        context.news || (isLost && !isActive(state) ? t('relayLost') : emptyHeading)
      }
    </p>
  </section>`;
}

function list(found: readonly PersonState[], context: PeopleContext): TemplateResult {
  const {page, state, search, callingName, inCallWith} = context;
  const {translate: t} = page;
  const {limit} = search;
  const isInCall = state.status === 'in-call';
  const isLost = isRelayLost(state);
  const isBlocked = callingName !== null || isLost;
  const hasReason = isBlocked || isInCall;
  // The page's own rendering is no reason to look through a thousand rows.
  const seen = [found, limit, t, isBlocked, isInCall, ...inCallWith];
  const reason =
    callingName !== null
      ? t('isCalling', {name: callingName})
      : t(isLost ? 'relayLost' : 'callLeaves');
  return html`<ul
      part="people-list"
      class="people-list"
      role="list"
      @click=${(event: Event) => {
        const {target} = event;
        const button =
          target instanceof Element ? target.closest<HTMLButtonElement>('.call') : null;
        if (!button || button.ariaDisabled === 'true') return;
        const person = found.find(({personId}) => personId === button.value);
        if (person) context.call(person);
      }}
    >
      ${guard(seen, () =>
        repeat(
          found.slice(0, limit),
          ({personId}) => personId,
          (person) => row(person, context, {isBlocked, hasReason}),
        ),
      )}
    </ul>
    ${hasReason ? html`<p class="visually-hidden" id="call-reason">${reason}</p>` : nothing}`;
}

function row(
  person: PersonState,
  {page, inCallWith}: PeopleContext,
  {isBlocked, hasReason}: {readonly isBlocked: boolean; readonly hasReason: boolean},
): TemplateResult {
  const {translate: t} = page;
  const {personId, status} = person;
  const name = person.displayName || t('guest');
  const isHere = inCallWith.includes(personId);
  const words = isHere ? 'inCallWithYou' : status === 'in-call' ? 'personInCall' : 'available';
  return html`<li part="person" class="person" data-status=${isHere ? 'in-call' : status}>
    <span part="avatar" class="caller" data-hue=${hueOf(personId)} aria-hidden="true"
      >${initialsOf(name)}</span
    >
    <span class="person-words">
      <span part="person-name" class="person-name" title=${name} dir="auto">${name}</span>
      <span part="person-status" class="person-status">${t(words)}</span>
    </span>
    ${
      isHere
        ? nothing
        : html`<button
            part="button button-call"
            class="button call"
            type="button"
            value=${personId}
            aria-label=${t('callPerson', {name})}
            aria-disabled=${isBlocked ? 'true' : nothing}
            aria-describedby=${hasReason ? 'call-reason' : nothing}
          >
            ${callIcon}<span class="call-label">${t('call')}</span>
          </button>`
    }
  </li>`;
}

/** The list is what it was; nobody can be called now. */
function isRelayLost({people, signaling}: CallState): boolean {
  return people.length > 0 && signaling !== 'open';
}

type EmptyTexts = readonly [heading: TextKey, hint: TextKey | null];

const NO_MATCH: EmptyTexts = ['noMatch', 'noMatchHint'];

/** Why nobody is to be seen: what it is, and what can be done or hoped for. */
function emptyTexts({directory, signaling}: CallState): EmptyTexts {
  if (directory === null) return ['notConnected', 'notConnectedHint'];
  return signaling === 'open' ? ['nobody', 'nobodyHint'] : ['connectingPeople', null];
}

function empty(title: string, [heading, hint]: EmptyTexts, {page}: PeopleContext): TemplateResult {
  const {translate: t} = page;
  return html`<div part="people-empty" class="people-empty">
    <div part="mark" class="mark">
      ${hint === null ? html`<span part="spinner" class="spinner"></span>` : peopleIcon}
    </div>
    <p part="heading" class="empty-title">${title}</p>
    ${hint === null ? nothing : html`<p part="text" class="text">${t(hint)}</p>`}
    ${heading === 'notConnected' ? button({label: t('tryAgain'), onClick: page.back}) : nothing}
  </div>`;
}

function ownName({page, state}: PeopleContext): TemplateResult | typeof nothing {
  const {translate: t, hasOwnName, typedName, setName} = page;
  if (hasOwnName) {
    const name = state.self?.displayName;
    return name ? html`<p part="text" class="text own">${t('listedAs', {name})}</p>` : nothing;
  }
  return html`<div part="field" class="field">
    <label part="label" for="own-name">${t('ownName')}</label>
    <input
      part="input"
      id="own-name"
      type="text"
      autocomplete="name"
      maxlength="80"
      enterkeyhint="done"
      .value=${typedName}
      aria-describedby="own-name-hint"
      @change=${(event: Event) => {
        setName((event.target as HTMLInputElement).value.trim());
      }}
    />
    <span part="hint" class="hint" id="own-name-hint">${t('ownNameHint')}</span>
  </div>`;
}

function searchField({page, search}: PeopleContext): TemplateResult {
  const {translate: t} = page;
  return html`<div part="field" class="search">
    ${searchIcon}
    <input
      part="input"
      id="people-search"
      type="search"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      enterkeyhint="search"
      aria-label=${t('search')}
      placeholder=${t('search')}
      .value=${search.text}
      @input=${(event: Event) => {
        search.text = (event.target as HTMLInputElement).value;
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape' || search.text === '') return;
        // It empties the field; the next one closes the panel.
        event.preventDefault();
        search.text = '';
      }}
    />
  </div>`;
}

function notifyMe({page, state, notify}: PeopleContext): TemplateResult {
  const {translate: t} = page;
  const {answer} = notify;
  const told = answer === null ? '' : t(answer === 'granted' ? 'notifyOn' : 'notifyOff');
  return html`${
      notify.canAsk && state.signaling === 'open'
        ? html`<button
            part="button button-notify"
            class="button notify"
            type="button"
            @click=${() => void notify.ask()}
          >
            ${bellIcon} ${t('notifyMe')}
          </button>`
        : nothing
    }
    <p part="hint" class="hint" role="status" .textContent=${told}></p>`;
}
