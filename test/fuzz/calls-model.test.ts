/**
 * Directories and calls against a naive model of them, under random listing, calling, answering,
 * leaving, losing the network, coming back and passing of time: one after the other, and all at once
 * over a store that takes its time.
 *
 * `FUZZ_SEED` repeats a run, `FUZZ_RUNS` makes it longer.
 */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {settle} from '../support/fake-clock.js';
import {World} from '../support/relay-world.js';
import {SlowStore} from '../support/slow-store.js';
import {Tab} from './calls-facts.js';
import {CallsModel} from './calls-model.js';
import {DIRECTORIES, ROOMS, Steps, type Deed} from './calls-steps.js';

/** How many tabs each person has. */
const TABS = [2, 3, 1, 1];
const GRACE_MS = 10_000;
const MAX_RING_MS = 20_000;
/** Everything is due at a multiple of this, so that the board can be looked at in between. */
const STEP_MS = 100;

type Act = {readonly who: number; readonly deed: Deed};
type Step =
  | {readonly do: 'act'; readonly acts: readonly Act[]; readonly rush?: boolean}
  | {readonly do: 'wait' | 'jump'; readonly ms: number}
  | {readonly do: 'look'};

const steps = (max: number) => fc.integer({min: 1, max: max / STEP_MS}).map((n) => n * STEP_MS);
const which = fc.nat(30);
const whom = fc.nat(TABS.length - 1);
const who = fc.nat(TABS.reduce((sum, tabs) => sum + tabs) - 1);
const kind = <Kind extends string>(name: Kind) => fc.constant(name);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: kind('call'),
      whom,
      ringMs: fc.oneof(fc.constant(MAX_RING_MS), steps(MAX_RING_MS)),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: kind('answer'),
      which,
      accept: fc.oneof({arbitrary: fc.constant(true), weight: 3}, fc.boolean()),
    }),
  },
  // One more than there are directories: none.
  {
    weight: 3,
    arbitrary: fc.record({
      do: kind('list'),
      directory: fc.oneof(fc.constant(0), fc.nat(DIRECTORIES.length)),
    }),
  },
  {weight: 2, arbitrary: fc.record({do: kind('join'), room: fc.nat(ROOMS.length - 1)})},
  {weight: 3, arbitrary: fc.record({do: kind('leave-room'), which})},
  {weight: 2, arbitrary: fc.record({do: kind('ringing'), which})},
  {weight: 1, arbitrary: fc.record({do: kind('rename'), label: fc.constantFrom('', 'x', 'y')})},
  {weight: 2, arbitrary: fc.record({do: kind('reload'), isProper: fc.boolean()})},
  {weight: 5, arbitrary: fc.record({do: fc.constantFrom('leave' as const, 'drop', 'resume')})},
);

const step = (most: number): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        do: kind('act'),
        acts: fc.array(fc.record({who, deed}), {minLength: 1, maxLength: most}),
        // The board looks while they act.
        rush: fc.boolean(),
      }),
    },
    {weight: 2, arbitrary: fc.record({do: kind('wait'), ms: steps(15_000)})},
    {weight: 1, arbitrary: fc.record({do: kind('jump'), ms: steps(15_000)})},
    {weight: 2, arbitrary: fc.record({do: kind('look')})},
  );

class Run {
  readonly #model: CallsModel;
  readonly #steps: Steps;
  readonly #finish: () => Promise<void>;

  constructor(slow?: SlowStore) {
    const world = new World({seatGraceMs: GRACE_MS, maxPeers: 3, ...(slow && {store: slow})});
    this.#finish = slow === undefined ? settle : () => slow.quiet();
    this.#model = new CallsModel(world, GRACE_MS);
    this.#steps = new Steps(this.#model);
    for (const room of ROOMS) this.#model.rooms.add(room);
  }

  /** Everybody is there, and listed with their first tab. */
  async start(): Promise<void> {
    for (const [i, tabs] of TABS.entries()) {
      let first: Tab | undefined;
      for (let j = 0; j < tabs; j++) {
        const tab: Tab = new Tab(this.#model, `p${i}${'abc'[j]}`, first?.personId);
        this.#model.tabs.push(tab);
        await tab.connect();
        await this.#finish();
        if (!first) await this.#steps.take(tab, {do: 'list', directory: 0});
        first ??= tab;
      }
    }
  }

  async take(next: Step): Promise<void> {
    const {clock} = this.#model.world;
    let isDue = false;
    if (next.do === 'act') {
      const acts = next.acts.map((act) => [this.#model.tabs[act.who] as Tab, act.deed] as const);
      const taken = acts.map(([tab, act]) => this.#steps.take(tab, act));
      if (next.rush) clock.rush(STEP_MS);
      await Promise.all(taken);
      await this.#finish();
    } else if (next.do === 'jump') clock.jump(next.ms);
    else if (next.do === 'wait') {
      await clock.advance(next.ms, this.#finish);
      isDue = true;
    } else {
      await clock.advance(3 * STEP_MS - 10, this.#finish);
      await this.#model.checkPeople();
      await clock.advance(10, this.#finish);
      isDue = true;
    }
    await this.#model.check(isDue);
  }

  /** Everybody goes, and nothing is left. */
  async finish(): Promise<void> {
    const {world, tabs} = this.#model;
    await this.take({do: 'act', acts: tabs.map((_, i) => ({who: i, deed: {do: 'drop'}}))});
    await this.take({do: 'wait', ms: 10 * GRACE_MS});
    assert.deepEqual(await world.store.size(), {rooms: 0, people: 0, peers: 0, deadlines: 0});
    assert.equal(world.clock.pendingTimers, 0);
  }
}

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 0x7fff_ffff);

async function fuzz(
  name: string,
  runs: number,
  most: number,
  makeStore: (n: number) => SlowStore | undefined,
) {
  const numRuns = Number(process.env['FUZZ_RUNS'] ?? runs);
  console.log(`calls-model, ${name}: FUZZ_SEED=${seed} FUZZ_RUNS=${numRuns}`);
  const story = fc.array(step(most), {minLength: 5, maxLength: 60, size: 'max'});
  await fc.assert(
    fc.asyncProperty(story, fc.integer({min: 1}), async (story, noise) => {
      const run = new Run(makeStore(noise));
      await run.start();
      for (const next of story) await run.take(next);
      await run.finish();
    }),
    {seed, numRuns, includeErrorInReport: true},
  );
}

test('whatever people do, every call makes sense to both of its ends', async () => {
  await fuzz('one after the other', 200, 1, () => undefined);
});

test('and so it does when all of them do it at the same time', async () => {
  let overtaken = 0;
  const stores: SlowStore[] = [];
  await fuzz('at the same time', 100, 7, (noise) => {
    let state = noise;
    // A linear congruential generator (Numerical Recipes): chance that can be repeated.
    const turns = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 30;
    const store = new SlowStore(turns);
    stores.push(store);
    return store;
  });
  for (const store of stores) overtaken += store.overtaken;
  assert(overtaken > 0, 'they did get in each other’s way');
});
