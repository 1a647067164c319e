/** The reducer and its events, without any browser object: by table, and at random. */
import {expect} from 'chai';
import * as fc from 'fast-check';
import {CallError} from '../../widget/call/call-error.js';
import {eventsOf} from '../../widget/call/call-events.js';
import {reduce, type CallAction} from '../../widget/call/call-reducer.js';
import {
  IDLE_STATE,
  isActive,
  peersOf,
  type CallState,
  type PeerState,
} from '../../widget/call/call-state.js';

const peer = (peerId: string): PeerState => ({
  peerId,
  personId: `person-${peerId}`,
  displayName: peerId,
  metadata: null,
  connectionState: 'new',
  present: true,
  microphoneEnabled: false,
  cameraEnabled: false,
  screenSharing: false,
});

const knock = (id: string) => ({
  id,
  kind: 'knock' as const,
  from: {personId: `person-${id}`, displayName: id, metadata: null},
  expiresAt: 1,
});

function after(...actions: CallAction[]): CallState {
  return actions.reduce(reduce, IDLE_STATE);
}

const joining: CallAction[] = [
  {type: 'join-started', room: 'r', asksForMedia: true},
  {type: 'media-settled'},
];
const seated: CallAction[] = [
  ...joining,
  {type: 'seated', room: 'r', capacity: 2, peers: [], incoming: []},
];

describe('the state of a call', () => {
  it('goes from idle to waiting', () => {
    expect(after(joining[0]!).status).to.equal('acquiring-media');
    expect(after(...joining).status).to.equal('joining');
    expect(after(...seated)).to.include({status: 'waiting', room: 'r', capacity: 2});
  });

  it('asks for nothing when there is nothing to ask for', () => {
    expect(after({type: 'join-started', room: 'r', asksForMedia: false}).status).to.equal(
      'joining',
    );
  });

  it('is in-call exactly as long as there is a peer', () => {
    const inCall = after(...seated, {type: 'peer-joined', peer: peer('a')});
    expect(inCall.status).to.equal('in-call');
    expect(reduce(inCall, {type: 'peer-left', peerId: 'a', reason: 'left'}).status).to.equal(
      'waiting',
    );
  });

  it('turns a declined knock into the end of the attempt', () => {
    const knocking = after(...joining, {
      type: 'knocking',
      room: 'r',
      invitationId: 'k',
      expiresAt: 1,
    });
    expect(reduce(knocking, {type: 'invitation-ended', id: 'k', reason: 'declined'})).to.include({
      status: 'left',
      reason: 'declined',
    });
    expect(reduce(knocking, {type: 'invitation-ended', id: 'other', reason: 'declined'})).to.equal(
      knocking,
    );
  });

  it('gives the same object back for what does not fit or changes nothing', () => {
    for (const action of [
      {type: 'peer-left', peerId: 'x', reason: 'left'},
      {type: 'peer-joined', peer: peer('x')},
      {type: 'seated', room: 'r', capacity: 2, peers: [], incoming: []},
      {type: 'invitation-received', invitation: knock('k')},
      {type: 'ended', reason: 'left'},
      {type: 'signaling-changed', signaling: 'closed'},
      {type: 'media-changed', media: {cameraEnabled: false}},
    ] satisfies CallAction[]) {
      expect(reduce(IDLE_STATE, action), action.type).to.equal(IDLE_STATE);
    }
  });

  it('lets everything go at the end', () => {
    const state = after(
      ...seated,
      {type: 'media-changed', media: {cameraEnabled: true}},
      {type: 'signaling-changed', signaling: 'open'},
      {type: 'invitation-received', invitation: knock('k')},
      {type: 'failed', room: 'r', error: new CallError('internal', 'x', {fatal: true})},
    );
    expect(state).to.include({status: 'failed', signaling: 'closed'});
    expect(state.incoming).to.deep.equal([]);
    expect(state.media.cameraEnabled).to.equal(false);
  });

  it('tells of a knock that ends with the call, once', () => {
    const before = after(...seated, {type: 'invitation-received', invitation: knock('k')});
    const action: CallAction = {type: 'ended', reason: 'left'};
    const events = eventsOf(before, reduce(before, action), action);
    expect(events.map(({type}) => type)).to.deep.equal([
      'call-ended',
      'status-changed',
      'state-changed',
    ]);
  });

  it('says "cancelled" of a knock that its maker takes back', () => {
    const before = after(...joining, {
      type: 'knocking',
      room: 'r',
      invitationId: 'k',
      expiresAt: 1,
    });
    const action: CallAction = {type: 'ended', reason: 'left'};
    const [ended] = eventsOf(before, reduce(before, action), action);
    expect(ended).to.deep.equal({
      type: 'call-ended',
      detail: {id: 'k', kind: 'knock', reason: 'cancelled'},
    });
  });

  it('holds together whatever happens in whatever order', () => {
    const ids = fc.constantFrom('a', 'b', 'c');
    const reason = fc.constantFrom('left', 'declined', 'lost', 'timeout') as fc.Arbitrary<'left'>;
    const action: fc.Arbitrary<CallAction> = fc.oneof(
      fc.record({
        type: fc.constant('join-started' as const),
        room: ids,
        asksForMedia: fc.boolean(),
      }),
      fc.constant<CallAction>({type: 'media-settled'}),
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
      }),
      fc.record({
        type: fc.constant('knocking' as const),
        room: ids,
        invitationId: ids,
        expiresAt: fc.constant(1),
      }),
      ids.map((id): CallAction => ({type: 'invitation-received', invitation: knock(id)})),
      ids.map((id): CallAction => ({type: 'invitation-accepted', id})),
      fc.record({type: fc.constant('invitation-ended' as const), id: ids, reason}),
      ids.map((id): CallAction => ({type: 'peer-joined', peer: peer(id)})),
      fc.record({
        type: fc.constant('peer-changed' as const),
        peerId: ids,
        change: fc.record({cameraEnabled: fc.boolean()}),
      }),
      fc.record({type: fc.constant('peer-left' as const), peerId: ids, reason}),
      fc.record({type: fc.constant('ended' as const), reason}),
      ids.map((room): CallAction => ({type: 'failed', room, error: new CallError('internal')})),
    );
    fc.assert(
      fc.property(fc.array(action, {maxLength: 60}), (actions) => {
        let state: CallState = IDLE_STATE;
        const present = new Set<string>();
        const open = new Set<string>();
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
            else if (type === 'call-ended') open.delete(detail.id);
            else if (type === 'status-changed') expect(detail.previous).to.equal(state.status);
          }
          if (each.type === 'invitation-accepted') open.delete(each.id);
          state = next;
          expect([...present].sort()).to.deep.equal(
            peersOf(state)
              .map(({peerId}) => peerId)
              .sort(),
          );
          expect([...open].sort()).to.deep.equal(state.incoming.map(({id}) => id).sort());
          expect(new Set(peersOf(state).map(({peerId}) => peerId)).size).to.equal(
            peersOf(state).length,
          );
          if (!isActive(state))
            expect(state.media.cameraEnabled && state.status !== 'idle').to.equal(false);
        }
      }),
      {numRuns: 500},
    );
  });
});
