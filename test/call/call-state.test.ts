/** The reducer and its events, without any browser object. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {eventsOf} from '../../widget/call/call-events.js';
import {reduce, type CallAction} from '../../widget/call/call-reducer.js';
import {IDLE_STATE, type CallState} from '../../widget/call/call-state.js';
import {ben, call, knock, outgoing, peer} from '../support/call-facts.js';

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

const listed: CallAction[] = [
  {type: 'directory-changed', directory: 'd', reason: 'unreachable'},
  {type: 'signaling-changed', signaling: 'open'},
];
const calling: CallAction[] = [
  ...listed,
  {type: 'join-started', room: '', asksForMedia: true, person: ben},
  {type: 'seated', room: 'x', capacity: 2, peers: [], incoming: [], person: ben, outgoing},
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

  it('tells when the link to a peer becomes better or worse, once', () => {
    const before = after(...seated, {type: 'peer-joined', peer: peer('a')});
    const change = {quality: 'poor', sentHeight: 180} as const;
    const action: CallAction = {type: 'peer-changed', peerId: 'a', change};
    const next = reduce(before, action);
    const detail = {peerId: 'a', quality: 'poor'};
    expect(eventsOf(before, next, action)).to.deep.include({type: 'quality-changed', detail});
    expect(reduce(next, action)).to.equal(next);
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

  it('goes from acquiring-media to calling to in-call, with a person', () => {
    expect(after(...calling.slice(0, 3))).to.deep.include({
      status: 'acquiring-media',
      person: ben,
    });
    const state = after(...calling);
    expect(state).to.deep.include({status: 'calling', room: 'x', person: ben, ...outgoing});
    expect(reduce(state, {type: 'media-settled'})).to.equal(state);
    expect(reduce(state, {type: 'peer-joined', peer: peer('a')})).to.deep.include({
      status: 'in-call',
      room: 'x',
      person: ben,
    });
  });

  it('tells once that it rings', () => {
    const state = after(...calling);
    const rings: CallAction = {type: 'ringing', id: 'c'};
    const ringing = reduce(state, rings);
    expect(eventsOf(state, ringing, rings)[0]).to.deep.equal({
      type: 'call-ringing',
      detail: {id: 'c', person: ben},
    });
    expect(reduce(ringing, rings)).to.equal(ringing);
    expect(reduce(state, {type: 'ringing', id: 'other'})).to.equal(state);
  });

  for (const reason of ['declined', 'timeout', 'unreachable', 'lost'] as const) {
    it(`leaves a call that is ${reason}, and stays listed`, () => {
      const before = after(...calling);
      const action: CallAction = {type: 'invitation-ended', id: 'c', reason};
      const state = reduce(before, action);
      expect(state).to.deep.include({status: 'left', reason, person: ben, signaling: 'open'});
      expect(eventsOf(before, state, action).map(({type}) => type)).to.deep.equal([
        'call-ended',
        'status-changed',
        'state-changed',
      ]);
    });
  }

  it('says "cancelled" of a call that its maker gives up, and "busy" of one that never rang', () => {
    const action: CallAction = {type: 'ended', reason: 'left'};
    const before = after(...calling);
    expect(eventsOf(before, reduce(before, action), action)[0]).to.deep.equal({
      type: 'call-ended',
      detail: {id: 'c', kind: 'call', reason: 'cancelled'},
    });
    const asking = after(...calling.slice(0, 3));
    const busy: CallAction = {type: 'turned-down', id: 'c', reason: 'busy'};
    const state = reduce(asking, busy);
    expect(state).to.deep.include({status: 'left', reason: 'busy', person: ben});
    expect(eventsOf(asking, state, busy)[0]).to.deep.equal({
      type: 'call-ended',
      detail: {id: 'c', kind: 'call', reason: 'busy'},
    });
    const waiting = after(...seated);
    expect(reduce(waiting, busy)).to.equal(waiting);
    expect(reduce(before, busy)).to.equal(before);
  });

  it('is over when the only other one leaves a call, but not a room', () => {
    const inCall = after(...calling, {type: 'peer-joined', peer: peer('a')});
    expect(reduce(inCall, {type: 'peer-left', peerId: 'a', reason: 'left'})).to.deep.include({
      status: 'left',
      reason: 'room-closed',
      person: ben,
    });
    const nobody: CallAction = {
      type: 'seated',
      room: 'x',
      capacity: 2,
      peers: [],
      incoming: [],
      person: ben,
    };
    expect(reduce(inCall, nobody)).to.include({status: 'left', reason: 'room-closed'});
  });

  it('keeps calls through everything but the end of the listing', () => {
    const rung = after(...listed, {type: 'invitation-received', invitation: call('k')});
    expect(rung.incoming).to.have.length(1);
    let state = rung;
    for (const action of [
      ...seated,
      {type: 'invitation-received', invitation: knock('n')},
      {type: 'ended', reason: 'left'},
      {type: 'join-started', room: 'r', asksForMedia: false},
      {type: 'knocking', room: 'r', invitationId: 'o', expiresAt: 1},
      {type: 'failed', room: 'r', error: new CallError('internal')},
    ] satisfies CallAction[]) {
      state = reduce(state, action);
      expect(
        state.incoming.some(({id}) => id === 'k'),
        action.type,
      ).to.equal(true);
    }
    const gone: CallAction = {type: 'directory-changed', directory: null, reason: 'unreachable'};
    const last = reduce(state, gone);
    expect(last).to.deep.include({incoming: [], people: [], signaling: 'closed'});
    expect(eventsOf(state, last, gone).map(({detail}) => detail)).to.deep.include({
      id: 'k',
      kind: 'call',
      reason: 'unreachable',
    });
    expect(reduce(IDLE_STATE, {type: 'invitation-received', invitation: call('k')})).to.equal(
      IDLE_STATE,
    );
  });

  it('keeps the devices on for a call that begins as this one ends', () => {
    const on = after(...seated, {type: 'media-changed', media: {cameraEnabled: true}});
    const end: CallAction = {type: 'ended', reason: 'left', keepsMedia: on.media};
    expect(reduce(on, end).media.cameraEnabled).to.equal(true);
    expect(reduce(on, {...end, keepsMedia: null}).media.cameraEnabled).to.equal(false);
  });
});
