/**
 * What the end-to-end tests of people stand on: both browsers, a relay that knows access tokens, a
 * site of another origin, and people who are listed and have seen each other.
 */
import assert from 'node:assert/strict';
import {after, before} from 'node:test';
import type {RelayServerOptions} from '../../server/server.js';
import {TOKEN_SECRET} from './access-tokens.js';
import {launchBrowser, type BrowserName, type RunningBrowser} from './browsers.js';
import type {Attributes} from './call-suite.js';
import {poll} from './e2e.js';
import {startEmbedding, type Embedding} from './embed.js';
import {Visitor} from './visitor.js';
import {tapWire} from './wire-tap.js';

export interface PeopleSuite {
  newDirectory(): string;
  /** Opens a page that is listed in `directory`; in a profile of its own, unless it is not `apart`. */
  listed(
    browser: BrowserName,
    name: string,
    directory: string,
    options?: {attributes?: Attributes; apart?: boolean},
  ): Promise<Visitor>;
  /** Everybody is listed and sees all the others. */
  together(
    ...people: readonly (readonly [browser: BrowserName, name: string])[]
  ): Promise<Visitor[]>;
  /** The address of a page with the tag in it. */
  address(attributes: Attributes): string;
  /** Closes the pages; none of them may have had an error. */
  end(...visitors: Visitor[]): Promise<void>;
}

/** To be called inside a `describe`. */
export function peopleSuite(relay: RelayServerOptions = {}): PeopleSuite {
  const cleanups: (() => unknown)[] = [];
  const browsers = new Map<BrowserName, RunningBrowser>();
  let embedding: Embedding | undefined;
  let directories = 0;

  before(async () => {
    const options = {tokenSecret: TOKEN_SECRET, ...relay};
    embedding = await startEmbedding(
      {after: (step) => void cleanups.push(step as () => unknown)},
      options,
    );
    for (const name of ['chromium', 'firefox'] as const) {
      browsers.set(name, await launchBrowser(name));
    }
  });

  after(async () => {
    for (const browser of browsers.values()) await browser.close();
    for (const step of cleanups.reverse()) await step();
  });

  const newDirectory = (): string => `office-${++directories}`;

  const listed: PeopleSuite['listed'] = async (name, displayName, directory, options = {}) => {
    const browser = browsers.get(name);
    assert.ok(browser && embedding, 'the suite has been set up');
    const {attributes, apart = true} = options;
    const address = embedding.page({directory, 'display-name': displayName, ...attributes});
    const visitor = await Visitor.open(browser, address, {apart, prepare: tapWire});
    await poll(() => visitor.element((element) => element.self !== null), {
      what: `${displayName} to be connected`,
    });
    return visitor;
  };

  return {
    newDirectory,
    listed,
    address(attributes) {
      assert.ok(embedding, 'the suite has been set up');
      return embedding.page(attributes);
    },
    async together(...people) {
      const directory = newDirectory();
      const visitors: Visitor[] = [];
      for (const [browser, name] of people) visitors.push(await listed(browser, name, directory));
      for (const visitor of visitors) await seesPeople(visitor, people.length - 1);
      return visitors;
    },
    async end(...visitors) {
      for (const each of visitors) {
        assert.deepEqual(each.pageErrors, []);
        await each.close();
      }
    },
  };
}

/** Waits until the element lists this many others. */
export async function seesPeople(visitor: Visitor, count: number): Promise<void> {
  await poll(async () => (await namesOf(visitor)).length === count, {what: `${count} people`});
}

/** The names of the people that the element lists. */
export function namesOf(visitor: Visitor): Promise<string[]> {
  return visitor.element((element) => element.people.map(({displayName}) => displayName));
}

export function personIdOf(visitor: Visitor): Promise<string> {
  return visitor.element((element) => element.self?.personId ?? '');
}

/** Calls through the element's method; resolves when the relay has answered. */
export async function call(caller: Visitor, callee: Visitor): Promise<void> {
  await caller.element((element, id) => element.call(id), await personIdOf(callee));
}

/** Calls, and waits until it rings over there. */
export async function ring(caller: Visitor, callee: Visitor, callerName: string): Promise<void> {
  await call(caller, callee);
  await callee.finds('alertdialog', `${callerName} is calling you`);
}

/** The reasons of all `call-ended` heard so far. */
export async function endsOf(visitor: Visitor): Promise<unknown[]> {
  return (await visitor.heard('call-ended')).map(({detail}) => detail['reason']);
}

/** Waits for the first `call-ended`, and tells its reason. */
export function endOf(visitor: Visitor): Promise<unknown> {
  return poll(async () => (await endsOf(visitor))[0], {what: 'the end of the call'});
}
