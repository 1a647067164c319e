/**
 * The relay against a naive model of what it must do, under random joining, answering, leaving,
 * losing the network, coming back and passing of time. The model is told what each person hears and
 * checks that the story makes sense to everybody; it knows none of the relay's code.
 *
 * `FUZZ_SEED` repeats a run, `FUZZ_RUNS` makes it longer.
 */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {InvitationView, PeerView, RoomView} from '../../protocol/shapes.js';
import {KnockTimes} from '../support/knock-times.js';
import {World, type Person} from '../support/relay-world.js';

const PEOPLE = 6;
const ROOMS = ['one', 'two'];
const MAX_PEERS = 3;
const GRACE_MS = 10_000;

type Step =
  | {readonly do: 'join'; readonly who: number; readonly room: number; readonly capacity: number}
  | {readonly do: 'answer'; readonly who: number; readonly which: number; readonly accept: boolean}
  | {readonly do: 'leave' | 'drop' | 'reload'; readonly who: number}
  | {readonly do: 'signal'; readonly who: number; readonly to: number}
  | {readonly do: 'wait'; readonly ms: number};

const who = fc.nat(PEOPLE - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('join' as const),
      who,
      room: fc.nat(ROOMS.length - 1),
      capacity: fc.integer({min: 2, max: 5}),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      who,
      which: fc.nat(20),
      accept: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({do: fc.constantFrom('leave' as const, 'drop', 'reload'), who}),
  },
  {weight: 2, arbitrary: fc.record({do: fc.constant('signal' as const), who, to: who})},
  {weight: 2, arbitrary: fc.record({do: fc.constant('wait' as const), ms: fc.nat(15_000)})},
);

/** One person's own idea of where it is, from nothing but what it was told. */
class Story {
  room: string | null = null;
  knock: string | null = null;
  isConnected = true;
  /** Whom it believes to sit with it, and which prompts it shows. */
  readonly peers = new Map<string, PeerView>();
  readonly prompts = new Set<string>();

  seat(view: RoomView): void {
    this.knock = null;
    this.room = view.name;
    this.peers.clear();
    this.prompts.clear();
    for (const peer of view.peers) this.peers.set(peer.peerId, peer);
    for (const {id} of view.invitations) this.prompts.add(id);
  }

  reset(): void {
    this.room = this.knock = null;
    this.peers.clear();
    this.prompts.clear();
  }
}

/** Which reasons the two sides of one knock may hear together: the knocker's → the members'. */
const MATCHING: Record<string, readonly string[]> = {
  declined: ['answered-elsewhere'],
  timeout: ['timeout'],
  busy: ['busy'],
};

class Model {
  readonly world = new World({maxPeers: MAX_PEERS, seatGraceMs: GRACE_MS});
  readonly people: Person[] = [];
  readonly stories = new Map<Person, Story>();
  readonly knocksMade = new Set<string>();
  readonly knockTimes = new KnockTimes(this.world.clock);
  /** What the knocker heard of its end, and the members. */
  readonly toKnocker = new Map<string, string>();
  readonly toMembers = new Map<string, Set<string>>();

  async start(): Promise<void> {
    for (let i = 0; i < PEOPLE; i++) {
      const person = await this.world.person(`p${i}`);
      this.people.push(person);
      this.stories.set(person, new Story());
    }
  }

  async take(next: Step): Promise<void> {
    if (next.do === 'wait') {
      await this.world.clock.advance(next.ms);
      return;
    }
    const person = this.people[next.who] as Person;
    const story = this.story(person);
    if (next.do === 'reload') {
      await person.connect();
      story.reset();
      story.isConnected = true;
      return;
    }
    if (!story.isConnected) return;
    switch (next.do) {
      case 'join': {
        const room = ROOMS[next.room] as string;
        const reply = await person.join(room, {capacity: next.capacity, ringTimeoutMs: 12_000});
        this.listen();
        if (!reply.ok) {
          if (reply.code === 'rate-limited') this.knockTimes.checkDeserved(person.name, room);
          else assert.equal(reply.code, 'room-full');
          story.reset();
        } else if (reply.outcome === 'seated') story.seat(reply.room);
        else {
          story.reset();
          story.knock = reply.invitationId;
          if (!this.knocksMade.has(story.knock)) this.knockTimes.add(person.name, room);
          this.knocksMade.add(reply.invitationId);
        }
        return;
      }
      case 'answer': {
        const open = [...this.knocksMade];
        const id = open[next.which % Math.max(1, open.length)];
        if (id === undefined) return;
        const couldSee = story.prompts.has(id);
        const reply = await person.answer(id, next.accept ? 'accept' : 'decline');
        assert.equal(reply.ok, couldSee, 'a prompt that is shown can be answered, no other can');
        if (!reply.ok) assert.equal(reply.code, 'invitation-over');
        story.prompts.delete(id);
        return;
      }
      case 'leave':
        assert.deepEqual(await person.leave(), {ok: true});
        this.listen();
        story.reset();
        return;
      case 'drop':
        await person.drop();
        story.reset();
        story.isConnected = false;
        return;
      case 'signal': {
        const to = this.people[next.to] as Person;
        const mayReach = story.peers.has(to.peerId);
        assert.equal((await person.signal(to)).ok, mayReach, 'between members of one room only');
      }
    }
  }

  /** Everybody takes in what it has heard since. */
  listen(): void {
    for (const person of this.people) {
      for (const {event, payload} of person.heard.splice(0)) this.#tell(person, event, payload);
    }
  }

  #tell(person: Person, event: string, payload: object): void {
    const story = this.story(person);
    assert.equal(story.isConnected, true, `${person.name} is away and is told ${event}`);
    switch (event) {
      case 'admitted': {
        const {invitationId, room} = payload as {invitationId: string; room: RoomView};
        assert.equal(story.knock, invitationId, 'let in without having knocked');
        this.#end(this.toKnocker, invitationId, 'admitted');
        this.knockTimes.forget(person.name, room.name);
        story.seat(room);
        return;
      }
      case 'invitation':
        assert.notEqual(story.room, null, 'asked without being in a room');
        story.prompts.add((payload as InvitationView).id);
        return;
      case 'invitation-ended': {
        const {id, reason} = payload as {id: string; reason: string};
        if (story.knock === id) {
          this.#end(this.toKnocker, id, reason);
          story.knock = null;
          return;
        }
        assert.equal(story.prompts.delete(id), true, 'the end of a prompt that was not shown');
        const reasons = this.toMembers.get(id) ?? new Set();
        this.toMembers.set(id, reasons.add(reason));
        return;
      }
      case 'peer-joined': {
        const peer = payload as PeerView;
        assert.equal(story.peers.has(peer.peerId), false, 'joined twice');
        story.peers.set(peer.peerId, peer);
        return;
      }
      case 'peer-changed': {
        const peer = payload as PeerView;
        assert.equal(story.peers.has(peer.peerId), true, 'a change of somebody unknown');
        story.peers.set(peer.peerId, peer);
        return;
      }
      case 'peer-left':
        assert.equal(story.peers.delete((payload as {peerId: string}).peerId), true, 'left twice');
        return;
      case 'signal':
        assert.equal(story.peers.has((payload as {from: string}).from), true, 'from a stranger');
        return;
      default:
        assert.fail(`unexpected ${event}`);
    }
  }

  #end(ends: Map<string, string>, id: string, reason: string): void {
    assert.equal(ends.has(id), false, `knock ended twice: ${ends.get(id)}, ${reason}`);
    ends.set(id, reason);
  }

  /** What must hold between any two steps. */
  check(): void {
    const byRoom = new Map<string, Person[]>();
    for (const person of this.people) {
      const {room} = this.story(person);
      if (room !== null) byRoom.set(room, [...(byRoom.get(room) ?? []), person]);
    }
    for (const [room, members] of byRoom) {
      for (const member of members) {
        const {peers, prompts} = this.story(member);
        assert(peers.size < MAX_PEERS, `${room} holds ${peers.size + 1}`);
        const expected = members.filter((each) => each !== member).map(({peerId}) => peerId);
        const connected = [...peers.values()].filter((peer) => peer.connected);
        assert.deepEqual(
          connected.map(({peerId}) => peerId).sort(),
          expected.sort(),
          `${member.name} sees exactly those who are in ${room}`,
        );
        const first = this.story(members[0] as Person).prompts;
        assert.deepEqual([...prompts].sort(), [...first].sort(), 'all see the same prompts');
      }
    }
    for (const [id, reason] of this.toKnocker) {
      for (const heard of this.toMembers.get(id) ?? []) {
        const right = MATCHING[reason] ?? ['answered-elsewhere'];
        assert(right.includes(heard), `the knocker heard ${reason}, the members ${heard}`);
      }
    }
    for (const [id, reasons] of this.toMembers) {
      assert.equal(reasons.size, 1, `members heard different ends of ${id}`);
      const waiting = this.people.find((person) => this.story(person).knock === id);
      assert.equal(waiting, undefined, 'nobody waits at a door that has been answered');
    }
    assert.deepEqual(this.world.errors, []);
  }

  /** Everybody goes, and nothing is left. */
  async finish(): Promise<void> {
    for (const person of this.people) {
      await this.take({do: 'drop', who: this.people.indexOf(person)});
      this.listen();
    }
    await this.world.clock.advance(GRACE_MS * (PEOPLE + 2));
    this.listen();
    assert.deepEqual(await this.world.store.size(), {rooms: 0, people: 0, peers: 0, deadlines: 0});
    assert.equal(this.world.clock.pendingTimers, 0);
    assert.deepEqual(this.world.errors, []);
  }

  story(person: Person): Story {
    return this.stories.get(person) as Story;
  }
}

test('whatever people do, the relay tells each of them a story that makes sense', async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 0x7fff_ffff);
  const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);
  console.log(`relay-model: FUZZ_SEED=${seed} FUZZ_RUNS=${numRuns}`);
  await fc.assert(
    fc.asyncProperty(fc.array(step, {minLength: 5, maxLength: 80, size: 'max'}), async (steps) => {
      const model = new Model();
      await model.start();
      for (const next of steps) {
        await model.take(next);
        model.listen();
        model.check();
      }
      await model.finish();
    }),
    {seed, numRuns},
  );
});
