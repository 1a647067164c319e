/** What the tests of messages, chat and files stand on: two people in a call that carries data only, and their channels. */
import {until} from './calls.js';
import {ChannelWatch} from './channels.js';
import type {CallError} from '../../widget/call/call-error.js';
import type {CallOptions} from '../../widget/call/call-options.js';
import {inPageSuite, type InPageSuite, type Person} from './in-page-suite.js';

export interface TalkSuite {
  readonly calls: InPageSuite;
  readonly channels: ChannelWatch;
  /** Ana and Ben, connected, with no camera; the ids are their peer ids. */
  two(options?: Partial<CallOptions>): Promise<Two>;
  /** Gives the link between the two up, so that both make a fresh one. */
  replaceLink(two: Two): Promise<void>;
}

export interface Two {
  readonly ana: Person['session'];
  readonly ben: Person['session'];
  readonly anaId: string;
  readonly benId: string;
  readonly people: {readonly ana: Person; readonly ben: Person};
  /** The end of the first link that is this one's. */
  connectionOf(who: 'ana' | 'ben'): RTCPeerConnection;
  /** The channel of this id at Ana's end of the first link, which a test may misuse. */
  anasChannel(id: number): RTCDataChannel;
}

/** To be called inside a `describe`. */
export function talkSuite(): TalkSuite {
  const calls = inPageSuite();
  let channels: ChannelWatch;

  beforeEach(() => (channels = new ChannelWatch()));
  afterEach(() => channels.stop());

  const isConnected = ({ana, ben}: Two): boolean =>
    [ana, ben].every(({peers}) => peers[0]?.connectionState === 'connected');

  return {
    calls,
    get channels() {
      return channels;
    },
    async two(options = {}) {
      const people = await calls.twoInCall({media: 'data', ...options});
      const [ana, ben] = [people.ana.session, people.ben.session];
      // Ben came second, so he offered.
      const [one, other] = calls.connections.all;
      const isOnes = one!.localDescription?.type === 'answer';
      const [anas, bens] = isOnes ? [one!, other!] : [other!, one!];
      return {
        ana,
        ben,
        anaId: ana.self!.peerId,
        benId: ben.self!.peerId,
        people,
        connectionOf: (who) => (who === 'ana' ? anas : bens),
        anasChannel: (id) => channels.of(anas, id),
      };
    },
    async replaceLink(two) {
      const before = calls.connections.all.length;
      const signals = calls.relay.requests.filter(({name}) => name === 'signal');
      const {linkId} = signals.at(-1)!.payload as {linkId: string};
      // Ana's connection refuses what Ben offers.
      two.people.ana.client().deliver('signal', {
        from: two.benId,
        linkId,
        description: {type: 'offer', sdp: 'v=0\r\n'},
      });
      await until(() => calls.connections.all.length >= before + 2, 'a new link');
      await until(() => isConnected(two), 'connected again');
    },
  };
}

/** The code with which this is rejected, or `done`. */
export function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: CallError) => error.code ?? String(error),
  );
}

/** Bytes that differ from place to place. */
export function someBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = (index * 31 + (index >> 11)) & 0xff;
  return bytes;
}

export async function sha256(bytes: BufferSource): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function fileOf(length: number, name = 'data.bin'): File {
  return new File([someBytes(length)], name, {type: 'application/octet-stream'});
}

/** What Ben receives from now on. */
export function filesOf({ben}: Pick<Two, 'ben'>): File[] {
  const files: File[] = [];
  ben.addEventListener('file-received', ({detail}) => files.push(detail.file));
  return files;
}
