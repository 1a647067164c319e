/** Chat: everybody has the same history, each message once, whatever happens to the links or is sent instead. */
import {expect} from 'chai';
import {MAX_CHAT_LENGTH} from '../../protocol/conversation-limits.js';
import type {ChatMessage} from '../../widget/call/talk-state.js';
import {record, statusOf, until} from '../support/calls.js';
import {heldTimers} from '../support/held-timers.js';
import {codeOf, someBytes, talkSuite} from '../support/talk-suite.js';

describe('chat', () => {
  const suite = talkSuite();
  const timers = heldTimers();
  const texts = ({chat}: {readonly chat: readonly ChatMessage[]}): string[] =>
    chat.map(({text}) => text);

  it('stands on both sides, says who wrote it, and tells the other side', async () => {
    const {ana, ben, anaId} = await suite.two();
    const heard = record(ben, ['chat-received', 'chat-changed']);
    const before = Date.now();
    await ana.sendChat(' hello\nBen ');
    await ben.sendChat('hello Ana');
    await until(() => ana.chat.length === 2, "Ben's answer");
    expect(texts(ana)).to.deep.equal(['hello\nBen', 'hello Ana']);
    expect(texts(ben)).to.deep.equal(texts(ana));
    const [mine, theirs] = [ana.chat[0]!, ben.chat[0]!];
    expect(mine).to.include({from: null, displayName: 'Ana'});
    expect(theirs).to.include({from: anaId, displayName: 'Ana'});
    expect(theirs.at).to.be.within(before, Date.now());
    expect(new Set(ben.chat.map(({id}) => id)).size).to.equal(2);
    expect(heard.slice(0, 2)).to.deep.equal([
      ['chat-changed', {messages: [theirs], typing: [], drafts: []}],
      ['chat-received', {message: theirs}],
    ]);
  });

  it('says what is wrong with a text that cannot be sent', async () => {
    const {ana, ben} = await suite.two();
    expect(await codeOf(ana.sendChat(' \u0000\n'))).to.equal('bad-request');
    expect(await codeOf(ana.sendChat(7 as unknown as string))).to.equal('bad-request');
    expect(await codeOf(ana.sendChat('x'.repeat(MAX_CHAT_LENGTH + 1)))).to.equal(
      'message-too-large',
    );
    await ana.sendChat('😀'.repeat(MAX_CHAT_LENGTH));
    expect(texts(ben)).to.deep.equal(['😀'.repeat(MAX_CHAT_LENGTH)]);
    await ben.leave();
    await statusOf(ana, 'waiting');
    expect(await codeOf(ana.sendChat('x'))).to.equal('not-in-room');
    await ana.leave();
    expect(await codeOf(ana.sendChat('x'))).to.equal('not-in-room');
    expect(ana.chat).to.have.length(1);
  });

  it('refuses to write faster than anybody reads', async () => {
    const {ana, ben} = await suite.two();
    const codes = await Promise.all(
      Array.from({length: 130}, (_, index) => codeOf(ana.sendChat(`${index}`))),
    );
    expect(codes.slice(0, 100).every((code) => code === 'done')).to.equal(true);
    expect(codes.at(-1)).to.equal('rate-limited');
    expect(texts(ben)).to.deep.equal(texts(ana));
  });

  it('is of one call: read after its end, and gone when the next begins', async () => {
    const {ana, ben} = await suite.two();
    await ana.sendChat('hello');
    await ana.leave();
    await ben.leave();
    expect(texts(ana)).to.deep.equal(['hello']);
    expect(texts(ben)).to.deep.equal(['hello']);
    const heard = record(ana, ['chat-changed']);
    await ana.join('support');
    expect(ana.chat).to.deep.equal([]);
    expect(heard).to.deep.equal([['chat-changed', {messages: [], typing: [], drafts: []}]]);
  });

  it('passes a long message that is under way', async () => {
    const {ana, ben} = await suite.two();
    const order: string[] = [];
    ben.addEventListener('message-received', () => order.push('message'));
    ben.addEventListener('chat-received', ({detail}) => order.push(detail.message.text));
    await ana.send('loads what is needed');
    await until(() => order.length === 1, 'the first message');
    let frames = 0;
    let sent: Promise<void> | undefined;
    suite.channels.onSend = ({id}) => {
      if (id === 1 && ++frames === 20) sent = ana.sendChat('quick');
    };
    await ana.send(someBytes(20_000_000));
    await sent;
    await until(() => order.length === 3, 'both');
    expect(order).to.deep.equal(['message', 'quick', 'message']);
  });

  it('has every message once and in order, although links were replaced meanwhile', async () => {
    const two = await suite.two();
    const {ana, ben} = two;
    await ana.sendChat('0');
    const sent: Promise<void>[] = [];
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 10; index++) sent.push(ana.sendChat(`${sent.length + 1}`));
      await suite.replaceLink(two);
    }
    await Promise.all(sent);
    expect(texts(ana)).to.deep.equal(Array.from({length: 31}, (_, index) => `${index}`));
    expect(texts(ben)).to.deep.equal(texts(ana));
  });

  it('takes out what nobody has got', async () => {
    const {ana, ben} = await suite.two();
    await ana.sendChat('heard');
    // Before it can be confirmed.
    suite.channels.onSend = () => {
      suite.channels.onSend = () => undefined;
      void ana.leave();
    };
    expect(await codeOf(ana.sendChat('unheard'))).to.equal('aborted');
    expect(texts(ana)).to.deep.equal(['heard']);
    await statusOf(ben, 'waiting');
  });

  it('shows who is typing, until the message, the end, or some seconds without a key', async () => {
    const {ana, ben, anaId} = await suite.two();
    const types = (yes: boolean): Promise<void> =>
      until(() => ben.typing.includes(anaId) === yes, `typing: ${yes}`);
    ana.setTyping(true);
    await types(true);
    ana.setTyping(false);
    await types(false);
    ana.setTyping(true);
    await types(true);
    await ana.sendChat('done');
    expect(ben.typing).to.deep.equal([]);
    timers.hold(6_000);
    ana.setTyping(true);
    await types(true);
    timers.fire();
    expect(ben.typing).to.deep.equal([]);
    // She has not stopped, but told it so long ago that she tells it again, and Ben listens again.
    timers.advanceClock(6_000);
    ana.setTyping(true);
    await types(true);
    await ana.leave();
    await types(false);
    ana.setTyping(true);
    expect(ana.typing).to.deep.equal([]);
  });

  it('tells of typing no more often than is needed', async () => {
    const {ana, ben} = await suite.two();
    await ana.sendChat('loads what is needed');
    let frames = 0;
    suite.channels.onSend = ({id}) => (frames += id === 0 ? 1 : 0);
    for (let key = 0; key < 50; key++) ana.setTyping(true);
    await until(() => ben.typing.length === 1, 'typing');
    expect(frames).to.equal(1);
  });

  it('with a peer who never confirms ends with the call, and nothing of it stays', async () => {
    const {ana, ben} = await suite.two();
    await ana.sendChat('heard');
    suite.channels.all
      .filter(({channel}) => channel.id === 0)
      .forEach(({channel}) => (channel.send = () => undefined));
    const codes = Array.from({length: 101}, () => codeOf(ana.sendChat('unheard')));
    expect(await codes.at(-1)).to.equal('rate-limited');
    await ana.leave();
    expect(new Set(await Promise.all(codes.slice(0, -1)))).to.include('aborted');
    expect(texts(ana)).to.deep.equal(['heard']);
    await ben.leave();
  });

  it('comes through, whatever a hostile peer sends besides', async () => {
    const two = await suite.two();
    const {ana, ben} = two;
    await ana.sendChat('one');
    const channel = two.anasChannel(0);
    const say = (message: object): void => channel.send(JSON.stringify(message));
    say({type: 'chat', id: 'a', text: 'twice'});
    say({type: 'chat', id: 'a', text: 'twice'});
    say({type: 'chat', id: 'b', text: 'x'.repeat(MAX_CHAT_LENGTH + 1)});
    say({type: 'chat', id: 'c', text: '\u0000 '});
    say({type: 'chat', id: 'd', text: '\u202eevil', from: 'Ben', displayName: 'Ben'});
    say({type: 'chat-taken', id: 'never sent'});
    say({type: 'typing', isTyping: 'yes'});
    channel.send('{"type":"chat"');
    channel.send(new Uint8Array([1, 2, 3]));
    await ana.sendChat('two');
    expect(texts(ben)).to.deep.equal(['one', 'twice', 'evil', 'two']);
    expect(ben.chat[2]).to.include({from: two.anaId, displayName: 'Ana'});
    for (let index = 0; index < 1000; index++) {
      say({type: 'chat', id: `flood ${index}`, text: 'flood'});
      say({type: 'typing', isTyping: index % 2 === 0});
    }
    await ben.sendChat('still here');
    await until(() => texts(ana).includes('still here'), 'the answer');
    expect(texts(ben).filter((text) => text === 'flood').length).to.be.within(50, 400);
  });
});
