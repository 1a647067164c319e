/** Files that are not what they are said to be, that nobody has asked for, or that are too many: none of it harms what comes after. */
import {expect} from 'chai';
import {MAX_FILES_AT_ONCE, MAX_FILE_BYTES} from '../../protocol/conversation-limits.js';
import {until} from '../support/calls.js';
import {codeOf, fileOf, filesOf, talkSuite, type Two} from '../support/talk-suite.js';

describe('files of a hostile peer', () => {
  const suite = talkSuite();

  const offer = {type: 'file-offer', name: 'x', mimeType: '', size: 100};
  const frame = (kind: number, file: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
    const all = new Uint8Array(5 + bytes.length);
    all[0] = kind;
    new DataView(all.buffer).setUint32(1, file);
    all.set(bytes, 5);
    return all;
  };

  async function hostile(): Promise<{
    two: Two;
    files: File[];
    say: (message: object) => void;
    push: (frame: Uint8Array<ArrayBuffer>) => void;
    ended: (count: number) => Promise<void>;
    behave: () => void;
  }> {
    const two = await suite.two();
    await two.ben.sendChat('loads what is needed');
    // Ana's own page says nothing more: it would take back what it has never offered.
    const channel = two.anasChannel(0);
    const {send} = channel;
    const raw = send.bind(channel) as (text: string) => void;
    channel.send = () => undefined;
    return {
      two,
      files: filesOf(two),
      say: (message) => raw(JSON.stringify(message)),
      behave: () => (channel.send = send),
      push: (bytes) => two.anasChannel(2).send(bytes),
      ended: (count) =>
        until(
          () => two.ben.transfers.filter(({status}) => status === 'failed').length === count,
          `${count} have failed: ${JSON.stringify(two.ben.transfers)}`,
        ),
    };
  }

  it('fail when they are longer, shorter or other than was said', async () => {
    const {two, files, say, push, ended} = await hostile();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(100)));
    const begun = (count: number): Promise<void> =>
      until(() => two.ben.transfers.length === count, `offer ${count}`);
    say({...offer, file: 1});
    await begun(1);
    push(frame(1, 1, new Uint8Array(101)));
    await ended(1);
    say({...offer, file: 2});
    await begun(2);
    push(frame(1, 2, new Uint8Array(99)));
    push(frame(2, 2, hash));
    await ended(2);
    say({...offer, file: 3});
    await begun(3);
    push(frame(1, 3, new Uint8Array(100).fill(1)));
    push(frame(2, 3, hash));
    await ended(3);
    say({...offer, file: 4});
    await begun(4);
    say({...offer, file: 4, size: 200});
    await ended(4);
    // And what comes after them is none the worse.
    say({...offer, file: 5, name: '../../ok\u202e.txt'});
    await begun(5);
    push(frame(1, 5, new Uint8Array(60)));
    push(frame(1, 5, new Uint8Array(40)));
    push(frame(2, 5, hash));
    await until(() => files.length === 1, 'the good one');
    expect(files[0]).to.include({name: 'ok.txt', size: 100});
  });

  it('are not heard when nobody has offered them, nor twice', async () => {
    const {two, files, say, push, behave} = await hostile();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(0)));
    push(frame(1, 99, new Uint8Array(10)));
    push(frame(2, 99, hash));
    push(frame(3, 1, hash));
    push(new Uint8Array(3));
    two.anasChannel(2).send('text');
    for (const type of ['file-done', 'file-have', 'file-refuse', 'file-withdraw']) {
      say({type, file: 3, bytes: 5, reason: 'failed'});
    }
    say({...offer, file: 1, size: 0});
    await until(() => two.ben.transfers.length === 1, 'the offer');
    push(frame(2, 1, hash));
    await until(() => files.length === 1, 'the file');
    say({...offer, file: 1, size: 0});
    push(frame(2, 1, hash));
    behave();
    await two.ana.sendFile(fileOf(10));
    expect(files).to.have.length(2);
    expect(two.ben.transfers).to.have.length(2);
  });

  it('are only so many at once, however many are offered', async () => {
    const {two, say, ended, behave} = await hostile();
    for (let file = 0; file < 100; file++) say({...offer, file});
    say({...offer, file: 100, size: MAX_FILE_BYTES + 1});
    behave();
    await two.ana.sendChat('after the offers');
    expect(two.ben.transfers).to.have.length(MAX_FILES_AT_ONCE);
    for (let file = 0; file < MAX_FILES_AT_ONCE; file++) {
      say({type: 'file-withdraw', file, reason: 'failed'});
    }
    await ended(MAX_FILES_AT_ONCE);
    await two.ana.sendFile(fileOf(10));
  });

  it('do not make a sender believe them', async () => {
    const two = await suite.two();
    await two.ana.sendChat('loads what is needed');
    const bens = suite.channels.all.find(
      ({channel}) => channel.id === 0 && channel !== two.anasChannel(0),
    )!.channel;
    const lies = [
      (file: number) => ({type: 'file-have', file, bytes: 20_000_000}),
      (file: number) => ({type: 'file-done', file}),
    ];
    for (const lie of lies) {
      // Ben's own page refuses nothing: it is only quicker to lie than to listen.
      const onOffer = ({data}: MessageEvent<string>): void => {
        const message = JSON.parse(data) as {type: string; file: number};
        if (message.type === 'file-offer') bens.send(JSON.stringify(lie(message.file)));
      };
      bens.addEventListener('message', onOffer);
      expect(await codeOf(two.ana.sendFile(fileOf(20_000_000)))).to.equal('transfer-failed');
      bens.removeEventListener('message', onOffer);
    }
  });
});
