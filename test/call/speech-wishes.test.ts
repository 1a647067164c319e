/** What we like to receive of speech: what is said, and that the browsers do it. */
import {expect} from 'chai';
import {withSpeechWishes} from '../../widget/call/speech-wishes.js';
import {until} from '../support/calls.js';
import {inPageSuite} from '../support/in-page-suite.js';

const sdp = (...lines: string[]): string => ['v=0', ...lines, ''].join('\r\n');
const OPUS = 'a=rtpmap:111 opus/48000/2';

describe('what we like to hear speech in', () => {
  for (const [what, before, after] of [
    ['is said of Opus', 'a=fmtp:111 minptime=10', 'a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1'],
    [
      'is said once',
      'a=fmtp:111 usedtx=0;minptime=10; useinbandfec=1',
      'a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1',
    ],
    ['is not said of another codec', 'a=fmtp:96 x=1', 'a=fmtp:96 x=1'],
  ] as const) {
    it(what, () => {
      expect(withSpeechWishes(sdp(OPUS, before))).to.equal(sdp(OPUS, after));
    });
  }

  it('leaves a description without Opus as it is', () => {
    const data = sdp('m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=fmtp:111 x');
    expect(withSpeechWishes(data)).to.equal(data);
  });

  const suite = inPageSuite();

  /** Packets of sound a second, over the last two seconds. */
  async function packetsOfSound(connection: RTCPeerConnection): Promise<number> {
    const read = async (): Promise<number> => {
      let packets = 0;
      (await connection.getStats()).forEach((entry: Record<string, unknown>) => {
        if (entry['type'] === 'outbound-rtp' && entry['kind'] === 'audio') {
          packets += Number(entry['packetsSent']);
        }
      });
      return packets;
    };
    const [before, from] = [await read(), performance.now()];
    await until(() => performance.now() - from > 2_000, 'two seconds');
    return ((await read()) - before) / ((performance.now() - from) / 1_000);
  }

  it('is what the browsers then send: next to nothing while nobody speaks', async () => {
    const {ana, ben} = await suite.twoInCall({media: 'audio'});
    const [connection] = suite.connections.all;
    const spoken = await packetsOfSound(connection!);
    await ana.session.toggleMicrophone(false);
    await ben.session.toggleMicrophone(false);
    let silent = spoken;
    for (let tries = 0; tries < 4 && silent > 25; tries++)
      silent = await packetsOfSound(connection!);
    console.log(
      `packets of sound a second: ${spoken.toFixed(1)} spoken, ${silent.toFixed(1)} silent`,
    );
    expect(silent).to.be.below(25);
    // Nor is what nobody says taken for what was lost.
    expect(ana.session.peers[0]?.quality).to.equal('good');
    expect(ben.session.peers[0]?.quality).to.equal('good');
  });
});
