/** Files: whole and as they were, several at once, cancelled by either side, going on over another link. */
import {expect} from 'chai';
import {MAX_FILES_AT_ONCE, MAX_FILE_BYTES} from '../../protocol/conversation-limits.js';
import type {FileTransfer} from '../../widget/call/talk-state.js';
import {next, record, statusOf, until} from '../support/calls.js';
import {codeOf, fileOf, filesOf, sha256, someBytes, talkSuite} from '../support/talk-suite.js';

type HasTransfers = {readonly transfers: readonly FileTransfer[]};

describe('files', () => {
  const suite = talkSuite();

  const told = ({transfers}: HasTransfers): unknown[] =>
    transfers.map(({direction, name, status}) => ({direction, name, status}));

  /** Calls `action` when so many frames of files have been handed over. */
  function atFrame(count: number, action: () => void): void {
    let frames = 0;
    suite.channels.onSend = ({id}) => {
      if (id === 2 && ++frames === count) action();
    };
  }

  it('arrive as they were, and both sides see how far they are', async () => {
    const two = await suite.two();
    const {ana, ben, anaId, benId} = two;
    const received = next(ben, 'file-received');
    const changes = record(ana, ['transfers-changed']);
    const progress: {loaded: number; total: number}[] = [];
    const file = fileOf(20_000_000, '../tmp/data \u202e.bin');
    const sending = ana.sendFile(file, {onProgress: (each) => progress.push(each)});
    await until(() => ana.transfers[0]?.status === 'active', 'the transfer');
    await sending;
    const {from, file: arrived} = await received;
    expect(from).to.equal(anaId);
    expect(arrived).to.include({name: 'data .bin', type: 'application/octet-stream'});
    expect(await sha256(await arrived.arrayBuffer())).to.equal(
      await sha256(await file.arrayBuffer()),
    );
    const size = file.size;
    expect(progress.at(-1)).to.deep.equal({loaded: size, total: size});
    expect(progress.length).to.be.greaterThan(5);
    expect(progress.map(({loaded}) => loaded)).to.deep.equal(
      progress.map(({loaded}) => loaded).sort((one, other) => one - other),
    );
    const common = {name: 'data .bin', type: file.type, size, loaded: size, status: 'done'};
    expect(ana.transfers).to.have.length(1);
    expect(ana.transfers[0]).to.include({...common, peerId: benId, direction: 'outgoing'});
    expect(ana.transfers[0]!.file).to.equal(null);
    expect(ben.transfers[0]).to.include({...common, peerId: anaId, direction: 'incoming'});
    expect(ben.transfers[0]!.file).to.equal(arrived);
    const [, last] = changes.at(-1)!;
    expect(last).to.deep.equal({transfers: ana.transfers});
    expect(changes.length).to.be.lessThan(progress.length);
  });

  it('may be empty, or a Blob without a name', async () => {
    const two = await suite.two();
    const files = filesOf(two);
    for (const length of [0, 1, 65_530, 65_531])
      await two.ana.sendFile(new Blob([someBytes(length)]));
    expect(files.map(({name, size}) => [name, size])).to.deep.equal([
      ['file', 0],
      ['file', 1],
      ['file', 65_530],
      ['file', 65_531],
    ]);
  });

  it('say what is wrong with one that cannot be sent', async () => {
    const {ana, ben} = await suite.two();
    const huge = new Blob([]);
    Object.defineProperty(huge, 'size', {value: MAX_FILE_BYTES + 1});
    expect(await codeOf(ana.sendFile(huge))).to.equal('message-too-large');
    expect(await codeOf(ana.sendFile('text' as unknown as Blob))).to.equal('bad-request');
    expect(await codeOf(ana.sendFile(fileOf(1), {to: 'nobody'}))).to.equal('person-not-found');
    expect(await codeOf(ana.sendFile(fileOf(1), {signal: AbortSignal.abort()}))).to.equal(
      'aborted',
    );
    expect(ana.transfers).to.deep.equal([]);
    await ben.leave();
    await statusOf(ana, 'waiting');
    expect(await codeOf(ana.sendFile(fileOf(1)))).to.equal('not-in-room');
  });

  it('fail when they cannot be read any more', async () => {
    const {ana, ben} = await suite.two();
    const file = fileOf(1_000_000);
    file.slice = () => new Blob(['shorter']);
    expect(await codeOf(ana.sendFile(file))).to.equal('transfer-failed');
    await until(() => ben.transfers[0]?.status === 'failed', 'Ben hears of it');
    expect(ana.transfers[0]!.status).to.equal('failed');
  });

  it('go several at once and both ways, and share the way', async () => {
    const two = await suite.two();
    const {ana, ben} = two;
    const files = filesOf(two);
    const big = ana.sendFile(fileOf(24_000_000, 'big'));
    await until(() => (ben.transfers[0]?.loaded ?? 0) > 0, 'the big one has begun');
    const count = MAX_FILES_AT_ONCE + 4;
    const small = Array.from({length: count}, (_, index) =>
      ana.sendFile(fileOf(50_000, `${index}`)),
    );
    await Promise.all([big, ...small, ben.sendFile(fileOf(3_000_000, 'back'))]);
    expect(files).to.have.length(count + 1);
    expect(files.at(-1)!.name).to.equal('big');
    expect(ana.transfers.every(({status}) => status === 'done')).to.equal(true);
    expect(ana.transfers).to.have.length(count + 2);
  });

  it('may be many, and the list of those that are over stays short', async () => {
    const two = await suite.two();
    const files = filesOf(two);
    const sent = Array.from({length: 300}, (_, index) => two.ana.sendFile(fileOf(9, `${index}`)));
    await Promise.all(sent);
    // Several are put together at once, and whichever is done first has come first.
    const names = files.map(({name}) => Number(name)).sort((a, b) => a - b);
    expect(names).to.deep.equal(sent.map((_, index) => index));
    expect(two.ben.transfers).to.have.length(100);
    expect(two.ana.transfers).to.have.length(100);
  });

  it('let chat and messages pass', async () => {
    const {ana, ben} = await suite.two();
    await ana.sendChat('loads what is needed');
    const order: string[] = [];
    ben.addEventListener('file-received', () => order.push('file'));
    ben.addEventListener('chat-received', () => order.push('chat'));
    ben.addEventListener('message-received', () => order.push('message'));
    const words: Promise<void>[] = [];
    atFrame(20, () => words.push(ana.sendChat('quick'), ana.send('quick')));
    await ana.sendFile(fileOf(20_000_000));
    await Promise.all(words);
    await until(() => order.length === 3, 'all of it');
    expect(order.at(-1)).to.equal('file');
  });

  it('never fill the channels', async () => {
    const {ana} = await suite.two();
    let most = 0;
    suite.channels.onSend = (_channel, connection) => {
      const all = suite.channels.all.filter((each) => each.connection === connection);
      const sum = all.reduce((total, {channel}) => total + channel.bufferedAmount, 0);
      most = Math.max(most, sum);
    };
    const sent = [ana.sendFile(fileOf(12_000_000)), ana.send(someBytes(12_000_000))];
    await Promise.all(sent);
    expect(most).to.be.within(65_536, 2_097_152);
  });

  for (const who of ['signal', 'sender', 'receiver'] as const) {
    it(`end for both when cancelled (${who})`, async () => {
      const {ana, ben} = await suite.two();
      const abort = new AbortController();
      atFrame(40, () => {
        if (who === 'signal') abort.abort();
        else if (who === 'sender') ana.cancelFile(ana.transfers[0]!.id);
        else ben.cancelFile(ben.transfers[0]!.id);
      });
      const file = fileOf(40_000_000);
      expect(await codeOf(ana.sendFile(file, {signal: abort.signal}))).to.equal('aborted');
      await until(() => ben.transfers[0]?.status === 'cancelled', 'Ben hears of it');
      expect(ana.transfers[0]!.status).to.equal('cancelled');
      expect(ben.transfers[0]!.file).to.equal(null);
      // Nothing is left that the next one could stumble over.
      await ana.sendFile(fileOf(100_000));
      ana.cancelFile(ana.transfers[0]!.id);
      expect(told(ben)).to.deep.equal([
        {direction: 'incoming', name: 'data.bin', status: 'cancelled'},
        {direction: 'incoming', name: 'data.bin', status: 'done'},
      ]);
    });
  }

  for (const frame of [1, 2, 30]) {
    it(`end with leave() at frame ${frame}`, async () => {
      const {ana, ben} = await suite.two();
      atFrame(frame, () => void ana.leave());
      const codes = [ana.sendFile(fileOf(30_000_000)), ana.sendFile(fileOf(10))].map(codeOf);
      expect((await Promise.all(codes))[0]).to.equal('aborted');
      expect(ana.transfers[0]!.status).to.equal('cancelled');
      await until(() => ben.transfers[0]?.status === 'failed', 'Ben hears of it');
      await ana.join('elsewhere');
      expect(ana.transfers).to.deep.equal([]);
    });
  }

  it('fail when the receiver goes', async () => {
    const {ana, ben} = await suite.two();
    atFrame(30, () => void ben.leave());
    expect(await codeOf(ana.sendFile(fileOf(30_000_000)))).to.equal('transfer-failed');
    expect(ana.transfers[0]!.status).to.equal('failed');
    expect(ben.transfers[0]!.status).to.equal('cancelled');
  });

  it('are sent to those who are still there', async () => {
    const {ana, ben} = await suite.two();
    const {session: eva} = suite.calls.person('Eva', {media: 'data'});
    await eva.join('support');
    await until(() => ana.incoming.length === 1, "Eva's knock");
    await ana.accept();
    await until(() => ana.peers.length === 2 && eva.peers.length === 2, 'three in the call');
    const received = next(eva, 'file-received');
    let seen = 0;
    await ana.sendFile(fileOf(6_000_000), {
      onProgress: ({loaded}) => {
        if (loaded > 0 && ++seen === 1) void ben.leave();
      },
    });
    expect((await received).file.size).to.equal(6_000_000);
    expect(seen).to.be.greaterThan(0);
  });

  it('go on where they were when the link is replaced', async () => {
    const two = await suite.two();
    const {ana, ben} = two;
    const files = filesOf(two);
    let replaced: Promise<void> | undefined;
    let bytes = 0;
    suite.channels.onSend = ({id}) => {
      if (id !== 2) return;
      bytes += 65_530;
      if (replaced === undefined && (ben.transfers[0]?.loaded ?? 0) > 4_000_000) {
        replaced = suite.replaceLink(two);
      }
    };
    const file = fileOf(30_000_000);
    await ana.sendFile(file);
    await replaced;
    expect(files).to.have.length(1);
    expect(await sha256(await files[0]!.arrayBuffer())).to.equal(
      await sha256(await file.arrayBuffer()),
    );
    expect(told(ben)).to.deep.equal([{direction: 'incoming', name: 'data.bin', status: 'done'}]);
    // What was under way is sent again, what had arrived is not.
    expect(bytes).to.be.within(file.size, file.size + 12_000_000);
    expect(replaced).to.not.equal(undefined);
  });

  it('are refused by a receiver who has nothing to do with them', async () => {
    const two = await suite.two();
    await two.ben.sendChat('loads what is needed');
    const said: unknown[] = [];
    two.anasChannel(0).addEventListener('message', ({data}) => said.push(JSON.parse(data)));
    const say = (message: object): void => two.anasChannel(0).send(JSON.stringify(message));
    // As the page before a reload would have.
    say({type: 'file-have', file: 7, bytes: 100});
    await until(() => said.length > 0, 'the answer');
    expect(said).to.deep.equal([{type: 'file-withdraw', file: 7, reason: 'failed'}]);
  });
});
