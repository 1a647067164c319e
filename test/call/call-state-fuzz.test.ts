/** The reducer and its events at random: what the events alone tell is what the state says. */
import {expect} from 'chai';
import * as fc from 'fast-check';
import {CallError} from '../../widget/call/call-error.js';
import {eventsOf} from '../../widget/call/call-events.js';
import {reduce, type CallAction} from '../../widget/call/call-reducer.js';
import {
  IDLE_STATE,
  MEDIA_OFF,
  isActive,
  peersOf,
  type CallState,
} from '../../widget/call/call-state.js';
import {mergePeople} from '../../widget/call/people-list.js';
import {ben, call, knock, peer} from '../support/call-facts.js';

describe('the state of a call, at random', () => {
  it('holds together whatever happens in whatever order', () => {
    const ids = fc.constantFrom('a', 'b', 'c');
    // Ids of different kinds never meet: the relay makes them.
    const called = fc.constantFrom('call-a', 'call-b');
    const asked = fc.constantFrom('own-a', 'own-b');
    const reason = fc.constantFrom('left', 'declined', 'lost', 'timeout') as fc.Arbitrary<'left'>;
    const action: fc.Arbitrary<CallAction> = fc.oneof(
      fc.record({
        type: fc.constant('join-started' as const),
        room: ids,
        asksForMedia: fc.boolean(),
      }),
      fc.constant<CallAction>({
        type: 'join-started',
        room: '',
        asksForMedia: true,
        person: ben,
      }),
      fc.constant<CallAction>({type: 'media-settled'}),
      fc.constantFrom('d', 'e', null).map((directory): CallAction => ({
        type: 'directory-changed',
        directory,
        reason: 'unreachable',
      })),
      fc.record({
        type: fc.constant('people-changed' as const),
        directory: fc.constantFrom('d', 'e'),
        people: fc
          .array(fc.record({personId: ids, displayName: ids}))
          .map((people) => mergePeople([], {isSnapshot: true, people, gone: []})),
      }),
      fc.constantFrom<CallAction>(
        {type: 'signaling-changed', signaling: 'open'},
        {type: 'signaling-changed', signaling: 'reconnecting'},
      ),
      fc.record({
        type: fc.constant('media-changed' as const),
        media: fc.record({cameraEnabled: fc.boolean(), microphoneEnabled: fc.boolean()}),
      }),
      fc.record({
        type: fc.constant('seated' as const),
        room: ids,
        capacity: fc.constant(3),
        peers: fc.uniqueArray(ids).map((all) => all.map(peer)),
        incoming: fc.uniqueArray(ids).map((all) => all.map(knock)),
        isNew: fc.boolean(),
      }),
      fc.record({
        type: fc.constant('seated' as const),
        room: ids,
        capacity: fc.constant(2),
        peers: fc.uniqueArray(ids, {maxLength: 1}).map((all) => all.map(peer)),
        incoming: fc.constant([]),
        person: fc.constant(ben),
        outgoing: fc.option(
          fc.record({
            invitationId: asked,
            isRinging: fc.boolean(),
            expiresAt: fc.constant(1),
          }),
          {nil: undefined},
        ),
        isNew: fc.boolean(),
      }),
      asked.map((id): CallAction => ({type: 'ringing', id})),
      fc.record({type: fc.constant('turned-down' as const), id: asked, reason}),
      called.map((id): CallAction => ({type: 'invitation-received', invitation: call(id)})),
      fc.record({
        type: fc.constant('knocking' as const),
        room: ids,
        invitationId: asked,
        expiresAt: fc.constant(1),
      }),
      ids.map((id): CallAction => ({type: 'invitation-received', invitation: knock(id)})),
      fc.oneof(ids, called).map((id): CallAction => ({type: 'invitation-accepted', id})),
      fc.record({
        type: fc.constant('invitation-ended' as const),
        id: fc.oneof(ids, called, asked),
        reason,
      }),
      ids.map((id): CallAction => ({type: 'peer-joined', peer: peer(id)})),
      fc.record({
        type: fc.constant('peer-changed' as const),
        peerId: ids,
        change: fc.record({cameraEnabled: fc.boolean()}),
      }),
      fc.record({type: fc.constant('peer-left' as const), peerId: ids, reason}),
      fc.record({
        type: fc.constant('ended' as const),
        reason,
        keepsMedia: fc.constantFrom(null, {...MEDIA_OFF, cameraEnabled: true}),
      }),
      ids.map((room): CallAction => ({type: 'failed', room, error: new CallError('internal')})),
    );
    fc.assert(
      fc.property(fc.array(action, {maxLength: 60}), (actions) => {
        let state: CallState = IDLE_STATE;
        const present = new Set<string>();
        const open = new Set<string>();
        /** The knock or call of ours that waits. */
        let own: string | null = null;
        for (const each of actions) {
          const next = reduce(state, each);
          expect(Object.isFrozen(next)).to.equal(true);
          const events = eventsOf(state, next, each);
          if (next === state) expect(events).to.deep.equal([]);
          // What the events alone say is what the state says.
          for (const {type, detail} of events) {
            if (type === 'peer-joined') {
              expect(present.has(detail.peerId)).to.equal(false);
              present.add(detail.peerId);
            } else if (type === 'peer-left') expect(present.delete(detail.peerId)).to.equal(true);
            else if (type === 'call-request') open.add(detail.id);
            else if (type === 'call-ended') {
              const isNeverRung = each.type === 'turned-down' && detail.reason === each.reason;
              expect(open.delete(detail.id) || own === detail.id || isNeverRung).to.equal(true);
              if (own === detail.id) own = null;
            } else if (type === 'call-ringing') {
              expect(next).to.include({status: 'calling', isRinging: true});
            } else if (type === 'people-changed') expect(next.people).to.equal(detail.people);
            else if (type === 'status-changed') expect(detail.previous).to.equal(state.status);
          }
          if (each.type === 'invitation-accepted') open.delete(each.id);
          const waits = next.status === 'knocking' || next.status === 'calling';
          const nextOwn = waits ? next.invitationId : null;
          // One that waits no more and was not told of as ended was accepted.
          if (own !== null && nextOwn !== own) {
            expect(next.status).to.be.oneOf(['in-call', 'waiting']);
          }
          own = nextOwn;
          const previous = state;
          state = next;
          expectPeopleInOrder(state);
          expect([...present].sort()).to.deep.equal(
            peersOf(state)
              .map(({peerId}) => peerId)
              .sort(),
          );
          expect([...open].sort()).to.deep.equal(state.incoming.map(({id}) => id).sort());
          expect(new Set(peersOf(state).map(({peerId}) => peerId)).size).to.equal(
            peersOf(state).length,
          );
          const isMoving = each.type === 'ended' && each.keepsMedia;
          if (!isActive(state) && !isMoving && previous !== state) {
            expect(state.media.cameraEnabled && isActive(previous)).to.equal(false);
          }
          if (state.directory === null) {
            expect(state.people).to.deep.equal([]);
            if (!isActive(state))
              expect(state).to.deep.include({signaling: 'closed', incoming: []});
          }
        }
      }),
      {numRuns: 500},
    );
  });
});

function expectPeopleInOrder({people}: CallState): void {
  const names = people.map(({displayName}) => displayName);
  expect(names).to.deep.equal([...names].sort((a, b) => a.localeCompare(b)));
  expect(new Set(people.map(({personId}) => personId)).size).to.equal(people.length);
}
