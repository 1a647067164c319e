/** The channels between two peers: what is said before they are open. */
import {expect} from 'chai';
import {parseCareMessage, type CareMessage} from '../../protocol/care-messages.js';
import {DataLink} from '../../widget/call/data-link.js';
import {until} from '../support/calls.js';

describe('a data link that is not open yet', () => {
  const connections: RTCPeerConnection[] = [];

  afterEach(() => {
    for (const connection of connections.splice(0)) connection.close();
  });

  function end(): {connection: RTCPeerConnection; link: DataLink; heard: CareMessage[]} {
    const connection = new RTCPeerConnection();
    connections.push(connection);
    const heard: CareMessage[] = [];
    const link = new DataLink({
      connection,
      onOpen: () => undefined,
      onMessage: () => undefined,
      onFrame: (_, frame) => heard.push(parseCareMessage(frame as string)!),
      signal: new AbortController().signal,
    });
    return {connection, link, heard};
  }

  async function connect(one: RTCPeerConnection, other: RTCPeerConnection): Promise<void> {
    one.addEventListener('icecandidate', ({candidate}) => void other.addIceCandidate(candidate));
    other.addEventListener('icecandidate', ({candidate}) => void one.addIceCandidate(candidate));
    await one.setLocalDescription();
    await other.setRemoteDescription(one.localDescription!);
    await other.setLocalDescription();
    await one.setRemoteDescription(other.localDescription!);
  }

  const offer = (sdp: string): Extract<CareMessage, {type: 'signal'}> => ({
    type: 'signal',
    description: {type: 'offer', sdp},
  });

  it('keeps the last description for the moment in which it opens, and what came after it', async () => {
    const [one, other] = [end(), end()];
    const candidate = {candidate: '', sdpMid: null, sdpMLineIndex: null, usernameFragment: null};
    const candidates = [candidate];
    one.link.sendOnceOpen(offer('first'));
    one.link.sendOnceOpen({type: 'signal', candidates});
    one.link.sendOnceOpen(offer('second'));
    one.link.sendOnceOpen({type: 'signal', candidates});
    await connect(one.connection, other.connection);
    await until(() => other.heard.length === 2, 'both');
    one.link.sendOnceOpen(offer('third'));
    await until(() => other.heard.length === 3, 'the third');
    expect(other.heard).to.deep.equal([
      offer('second'),
      {type: 'signal', candidates},
      offer('third'),
    ]);
  });

  it('says nothing any more once it is closed', async () => {
    const one = end();
    one.connection.close();
    await until(() => one.link.channels[0]!.readyState === 'closed', 'closed');
    expect(() => one.link.sendOnceOpen(offer('late'))).not.to.throw();
  });
});
