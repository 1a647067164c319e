/** The host page's messages: any size, in order, whole or not at all, whatever happens to the link or is sent instead. */
import {expect} from 'chai';
import {MAX_HOST_MESSAGE_BYTES} from '../../protocol/conversation-limits.js';
import {MAX_EARLY_BYTES} from '../../protocol/limits.js';
import {record, statusOf, until} from '../support/calls.js';
import {codeOf, sha256, someBytes, talkSuite, type Two} from '../support/talk-suite.js';

describe('messages of the page', () => {
  const suite = talkSuite();

  /** What Ben gets from now on. */
  function heardBy({ben}: Pick<Two, 'ben'>): unknown[] {
    const heard: unknown[] = [];
    ben.addEventListener('message-received', ({detail}) => heard.push(detail.data));
    return heard;
  }

  it('are text, JSON or bytes, in order, to one or to all', async () => {
    const {ana, ben, anaId, benId} = await suite.two();
    const heard = record(ben, ['message-received']);
    const view = new Uint8Array([0, 1, 2, 3, 0]).subarray(1, 4);
    await Promise.all([
      ana.send('hello'),
      ana.send({n: [1, null]}, {to: benId}),
      ana.send(new Uint8Array([1, 2, 3]).buffer),
      ana.send(view),
      ana.send(null),
      ana.send(''),
    ]);
    await until(() => heard.length === 6, 'six messages');
    const data = heard.map(([, detail]) => detail as {from: string; data: unknown});
    expect(data.every(({from}) => from === anaId)).to.equal(true);
    expect(
      data.map(({data}) => (data instanceof ArrayBuffer ? [...new Uint8Array(data)] : data)),
    ).to.deep.equal(['hello', {n: [1, null]}, [1, 2, 3], [1, 2, 3], null, '']);
  });

  it('are what they were when they were sent', async () => {
    const two = await suite.two();
    const heard = heardBy(two);
    const bytes = new Uint8Array([1]);
    const value = {a: 1};
    const sent = Promise.all([two.ana.send(bytes), two.ana.send(value)]);
    bytes[0] = 2;
    value.a = 2;
    await sent;
    await until(() => heard.length === 2, 'both messages');
    expect([...new Uint8Array(heard[0] as ArrayBuffer)]).to.deep.equal([1]);
    expect(heard[1]).to.deep.equal({a: 1});
  });

  it('go to those who are still connecting', async () => {
    const {session: ana} = suite.calls.person('Ana', {media: 'data', autoAccept: true});
    const {session: ben} = suite.calls.person('Ben', {media: 'data'});
    const heard = heardBy({ben});
    await ana.join('support');
    await ben.join('support');
    await statusOf(ana, 'in-call');
    await ana.send('early');
    await until(() => heard.length === 1, 'the message');
  });

  it('say what is wrong with one that cannot be sent', async () => {
    const {ana, ben, benId} = await suite.two();
    const circle: unknown[] = [];
    circle.push(circle);
    expect(await codeOf(ana.send('x', {to: 'nobody-at-all'}))).to.equal('person-not-found');
    for (const wrong of [undefined, circle, 1n, () => 1]) {
      expect(await codeOf(ana.send(wrong))).to.equal('bad-request');
    }
    expect(await codeOf(ana.send('x', {to: benId}))).to.equal('done');
    await ben.leave();
    await statusOf(ana, 'waiting');
    expect(await codeOf(ana.send('x'))).to.equal('not-in-room');
    await ana.leave();
    expect(await codeOf(ana.send('x'))).to.equal('not-in-room');
  });

  it('may be as long as the limit, arrive as they were, and never fill a channel', async () => {
    const two = await suite.two();
    const heard = heardBy(two);
    let most = 0;
    suite.channels.onSend = (_channel, connection) => {
      const all = suite.channels.all.filter((each) => each.connection === connection);
      most = Math.max(
        most,
        all.reduce((sum, {channel}) => sum + channel.bufferedAmount, 0),
      );
    };
    const bytes = someBytes(MAX_HOST_MESSAGE_BYTES);
    expect(await codeOf(two.ana.send(new Uint8Array(MAX_HOST_MESSAGE_BYTES + 1)))).to.equal(
      'message-too-large',
    );
    // The quotation marks count, too.
    const text = 'x'.repeat(MAX_HOST_MESSAGE_BYTES - 1);
    expect(await codeOf(two.ana.send(text))).to.equal('message-too-large');
    await two.ana.send(bytes);
    await until(() => heard.length > 0, '64 MB');
    expect(await sha256(heard[0] as ArrayBuffer)).to.equal(await sha256(bytes));
    expect(most).to.be.within(65_536, 2_097_152);
  }).timeout(60_000);

  it('wait for a receiver that has not loaded what understands them', async () => {
    const two = await suite.two();
    const {ana, ben} = two;
    const heard = heardBy(two);
    const sizes = [300_000, 900_000, 10, MAX_EARLY_BYTES, 70_000];
    await Promise.all(sizes.map((size) => ana.send(someBytes(size))));
    await until(() => heard.length === sizes.length, 'all of them');
    expect(heard.map((data) => (data as ArrayBuffer).byteLength)).to.deep.equal(sizes);
    await ben.send('and back');
  });

  it('are not half delivered, nor twice, when the link is replaced in the middle', async () => {
    const two = await suite.two();
    const heard = heardBy(two);
    await two.ana.send('before');
    const bytes = someBytes(12_000_000);
    let frames = 0;
    let replaced: Promise<void> | undefined;
    suite.channels.onSend = ({id}) => {
      if (id === 1 && ++frames === 40) replaced = suite.replaceLink(two);
    };
    const sent = [two.ana.send(bytes), two.ana.send('after')];
    await Promise.all(sent);
    await replaced;
    await until(() => heard.at(-1) === 'after', 'the last message');
    expect(heard).to.have.length(3);
    expect(await sha256(heard[1] as ArrayBuffer)).to.equal(await sha256(bytes));
    expect(frames).to.be.greaterThan(bytes.length / 65_535 + 40);
  });

  for (const frame of [1, 2, 17, 60]) {
    it(`stop with leave() at frame ${frame}, and nobody gets a piece`, async () => {
      const two = await suite.two();
      const heard = heardBy(two);
      let frames = 0;
      suite.channels.onSend = ({id}) => {
        if (id === 1 && ++frames === frame) void two.ana.leave();
      };
      const codes = [two.ana.send(someBytes(8_000_000)), two.ana.send('next')].map(codeOf);
      expect(await Promise.all(codes)).to.deep.equal(['aborted', 'aborted']);
      await statusOf(two.ben, 'waiting');
      expect(heard).to.deep.equal([]);
      expect(frames).to.equal(frame);
    });
  }

  it('stop when the one they are meant for goes', async () => {
    const two = await suite.two();
    let frames = 0;
    suite.channels.onSend = ({id}) => {
      if (id === 1 && ++frames === 30) void two.ben.leave();
    };
    expect(await codeOf(two.ana.send(someBytes(30_000_000)))).to.equal('aborted');
  });

  it('come through, whatever a hostile peer sends besides', async () => {
    const two = await suite.two();
    const heard = heardBy(two);
    const errors = record(two.ben, ['call-error']);
    const channel = two.anasChannel(1);
    const first = (kind: number, length: number, ...rest: number[]) => {
      const frame = new Uint8Array(5 + rest.length);
      frame[0] = kind;
      new DataView(frame.buffer).setUint32(1, length);
      frame.set(rest, 5);
      return frame;
    };
    const text = (json: string) => first(1, json.length, ...new TextEncoder().encode(json));
    await two.ana.send('one');
    // Each opens by itself, a moment apart.
    await until(
      () => [0, 1, 2].every((id) => two.anasChannel(id).readyState === 'open'),
      'all channels are open',
    );
    channel.send('text where bytes belong');
    channel.send(new Uint8Array([]));
    channel.send(new Uint8Array([0, 1, 2]));
    channel.send(first(2, 0xffff_ffff, 1));
    channel.send(first(2, 4, 1, 2, 3, 4, 5));
    channel.send(first(1, 100, 1));
    channel.send(text('{"no json'));
    channel.send(first(1, 2, 0xff, 0xff));
    channel.send(text('['.repeat(40_000)));
    channel.send(text('"by hand"'));
    for (const id of [0, 1, 2]) two.anasChannel(id).send('{"type":"message"}');
    two.anasChannel(0).send('{"type":"media-state","cameraEnabled":7}');
    two.anasChannel(2).send(new Uint8Array(60_000));
    await two.ana.send('two');
    await until(() => heard.includes('two'), 'the second message');
    expect(heard).to.deep.equal(['one', 'by hand', 'two']);
    expect(errors).to.deep.equal([]);
    expect(two.ben.status).to.equal('in-call');
  });

  it('of another call are not delivered in this one', async () => {
    const two = await suite.two();
    const heard = heardBy(two);
    await two.ana.send('one');
    await until(() => heard.length === 1, 'the message');
    await two.ben.leave();
    await two.ben.join('support');
    await until(() => two.ana.incoming.length === 1, 'the knock');
    await two.ana.accept();
    await two.ana.send('two');
    await until(() => heard.length === 2, 'the message of the second call');
    expect(heard).to.deep.equal(['one', 'two']);
  });
});
