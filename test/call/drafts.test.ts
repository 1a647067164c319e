/** Writing that the others see letter by letter: what they have is what stands in the field, soon, and no longer than it does. */
import {expect} from 'chai';
import {toChatText} from '../../protocol/chat-text.js';
import {MAX_CHAT_LENGTH} from '../../protocol/conversation-limits.js';
import {OwnDraft} from '../../widget/call/own-draft.js';
import type {PeerLine} from '../../widget/call/peer-line.js';
import type {ChatDraft} from '../../widget/call/talk-state.js';
import {record, until} from '../support/calls.js';
import {fakeTimers} from '../support/fake-timers.js';
import {randomFrom} from '../support/random.js';
import {codeOf, talkSuite, type Two} from '../support/talk-suite.js';

describe('drafts', () => {
  const suite = talkSuite();
  const texts = ({drafts}: {readonly drafts: readonly ChatDraft[]}): string[] =>
    drafts.map(({text}) => text);
  const shows = ({ben}: Two, ...expected: string[]): Promise<void> =>
    until(() => texts(ben).join('|') === expected.join('|'), expected.join('|').slice(0, 60));

  /** What Ana says of her draft from now on, and when. */
  function draftFrames({anasChannel}: Two): {type: string; at: number}[] {
    const frames: {type: string; at: number}[] = [];
    const channel = anasChannel(0);
    const send = channel.send.bind(channel) as (data: unknown) => void;
    channel.send = (data: unknown): void => {
      send(data);
      const {type} = JSON.parse(String(data)) as {type: string};
      if (type.startsWith('draft')) frames.push({type, at: performance.now()});
    };
    return frames;
  }

  /** Loses the next frame of Ana's draft over the present link. Returns how many there have been. */
  function loseNext({anasChannel}: Two): () => number {
    const channel = anasChannel(0);
    const send = channel.send.bind(channel) as (data: unknown) => void;
    let frames = 0;
    channel.send = (data: unknown): void => {
      if (!String(data).includes('"draft') || frames++ > 0) send(data);
    };
    return () => frames;
  }

  it('stand at the other side with their writer’s name, and become the message in one change', async () => {
    const two = await suite.two();
    const {ana, ben, anaId} = two;
    ana.setTyping('Hel');
    await shows(two, 'Hel');
    expect(ben.drafts[0]).to.include({from: anaId, displayName: 'Ana'});
    expect(ben.typing).to.deep.equal([anaId]);
    expect(ana.drafts).to.deep.equal([]);
    ana.setTyping('Hello 😀 you');
    await shows(two, 'Hello 😀 you');
    ana.setTyping('Hello 😁 you');
    await shows(two, 'Hello 😁 you');
    const changes = record(ben, ['chat-changed']);
    await ana.sendChat('Hello 😁 you');
    const seen = changes.map(([, detail]) => {
      const {messages, drafts} = detail as {messages: unknown[]; drafts: unknown[]};
      return [messages.length, drafts.length];
    });
    // The end of the typing may be told on its own; never is there both, or neither.
    expect(seen.filter(([messages, drafts]) => messages === drafts)).to.deep.equal([]);
    expect(seen.at(-1)).to.deep.equal([1, 0]);
    expect(texts(ben)).to.deep.equal([]);
  });

  it('go when they are emptied, taken back, not sent, or their writer goes', async () => {
    const two = await suite.two();
    const {ana, ben} = two;
    for (const end of [
      () => ana.setTyping(''),
      () => ana.setTyping(' \n'),
      () => ana.setTyping(true),
      () => ana.setTyping(false),
    ]) {
      ana.setTyping('seen');
      await shows(two, 'seen');
      end();
      await shows(two);
    }
    // All in one go: what is refused now may be allowed a tenth of a second later.
    const changes = record(ben, ['chat-changed']);
    const codes = Array.from({length: 120}, (_, index) => codeOf(ana.sendChat(`${index}`)));
    ana.setTyping('too much');
    expect(await codeOf(ana.sendChat('too much'))).to.equal('rate-limited');
    await Promise.all(codes);
    await until(() => JSON.stringify(changes).includes('too much'), 'the draft');
    await shows(two);
    ana.setTyping('seen');
    await shows(two, 'seen');
    await ana.leave();
    await shows(two);
    ana.setTyping('nobody hears');
    expect(ana.drafts).to.deep.equal([]);
  });

  it('nothing is shown of what was not given to be shown', async () => {
    const two = await suite.two();
    const {ana, ben, anaId} = two;
    const frames = draftFrames(two);
    ana.setTyping(true);
    await until(() => ben.typing.includes(anaId), 'typing');
    ana.setTyping(false);
    await ana.sendChat('seen');
    expect(frames).to.deep.equal([]);
    expect(texts(ben)).to.deep.equal([]);
  });

  it('are told of at most every 300 ms, in edits', async () => {
    const two = await suite.two();
    const {ana} = two;
    const frames = draftFrames(two);
    const text = 'A sentence that somebody writes quickly.';
    for (let length = 1; length <= text.length; length++) ana.setTyping(text.slice(0, length));
    await shows(two, text);
    expect(frames.map(({type}) => type)).to.deep.equal(['draft', 'draft-edit']);
    expect(frames[1]!.at - frames[0]!.at).to.be.above(290);
  });

  it('are told of whole every ten seconds', () => {
    const timers = fakeTimers();
    const types: string[] = [];
    const say = ({type}: {type: string}): unknown => types.push(type);
    try {
      const draft = new OwnDraft(() => [{say} as unknown as PeerLine]);
      for (let second = 0; second <= 20; second++) {
        draft.set('x'.repeat(second + 1));
        timers.pass(1000);
      }
      draft.end();
    } finally {
      timers.restore();
    }
    const edits = Array.from({length: 9}, () => 'draft-edit');
    expect(types).to.deep.equal(['draft', ...edits, 'draft', ...edits, 'draft']);
  });

  it('hold what a message holds, and no more', async () => {
    const two = await suite.two();
    const {ana} = two;
    const longest = '😀'.repeat(MAX_CHAT_LENGTH);
    ana.setTyping(longest);
    await shows(two, longest);
    ana.setTyping(`a${longest}`);
    await shows(two, `a${'😀'.repeat(MAX_CHAT_LENGTH - 1)}`);
    ana.setTyping(' a\u0000b\r\n\u202ec\ud83d');
    await shows(two, 'ab\nc\ufffd');
  });

  it('are the same at both sides after edits at random, over links that are replaced', async () => {
    const seed = Math.floor(Math.random() * 1_000_000);
    console.log(`seed ${seed}`);
    const random = randomFrom(seed);
    const upTo = (max: number): number => Math.floor(random() * max);
    const pieces = ['a', 'word ', '\n', '😀', '👩\u200d👧', 'שלום', '\ud83d', 'x'.repeat(50)];
    const two = await suite.two();
    const {ana} = two;
    let typed = '';
    const edit = (): void => {
      const at = upTo(typed.length + 1);
      const insert = Array.from({length: 1 + upTo(2)}, () => pieces[upTo(pieces.length)]).join('');
      typed = typed.slice(0, at) + insert + typed.slice(at + upTo(6));
      ana.setTyping(typed);
    };
    for (let round = 0; round < 2; round++) {
      for (let burst = 0; burst < 3; burst++) {
        for (let step = 0; step < 10; step++) edit();
        await shows(two, toChatText(typed));
      }
      // Some of it is written while there is no link.
      const replaced = suite.replaceLink(two);
      edit();
      await replaced;
      await shows(two, toChatText(typed));
    }
  });

  it('come right again with the next link when a frame was lost', async () => {
    const two = await suite.two();
    const {ana, ben} = two;
    ana.setTyping('one');
    await shows(two, 'one');
    const lost = loseNext(two);
    ana.setTyping('one two');
    await until(() => lost() === 1, 'the edit is lost');
    ana.setTyping('one two three');
    await until(() => lost() === 2, 'the next one is not');
    // What comes behind it in the same channel has come.
    two.anasChannel(0).send(JSON.stringify({type: 'typing', isTyping: false}));
    await until(() => ben.typing.length === 0, 'the end of the typing');
    expect(texts(ben)).to.deep.equal(['one']);
    await suite.replaceLink(two);
    await shows(two, 'one two three');
  });

  it('go with the link, for nobody may be there any more to say that they went', async () => {
    const two = await suite.two();
    const {ana} = two;
    ana.setTyping('seen');
    await shows(two, 'seen');
    const lost = loseNext(two);
    ana.setTyping(false);
    await until(() => lost() === 1, 'the end is lost');
    await suite.replaceLink(two);
    await shows(two);
  });

  it('are not what a hostile peer makes of them', async () => {
    const two = await suite.two();
    const {ana, ben, anaId} = two;
    ana.setTyping('loads what is needed');
    await shows(two, 'loads what is needed');
    const channel = two.anasChannel(0);
    const say = (message: object): void => channel.send(JSON.stringify(message));
    const edit = {type: 'draft-edit', remove: 0, insert: 'x'};
    say({type: 'draft', version: 7, text: 'abc', from: 'Ben', displayName: 'Ben'});
    say({...edit, version: 7, at: 0});
    say({...edit, version: 9, at: 0});
    say({...edit, version: 8, at: 4});
    say({...edit, version: 8, at: 0, remove: 4});
    say({...edit, version: 8, at: 0, insert: 'x'.repeat(MAX_CHAT_LENGTH)});
    say({...edit, version: 8, at: '0'});
    say({type: 'draft', version: 8, text: 'x'.repeat(MAX_CHAT_LENGTH + 1)});
    say({type: 'draft', version: 8});
    say({...edit, version: 8, at: 3, insert: '\u202ed\u0000'});
    await shows(two, 'abcd');
    expect(ben.drafts[0]).to.include({from: anaId, displayName: 'Ana'});
    const changes = record(ben, ['chat-changed']);
    for (let version = 0; version < 1000; version++) say({type: 'draft', version, text: 'flood'});
    await ana.sendChat('still here');
    expect(changes.length).to.be.within(100, 400);
    expect(texts(ben)).to.deep.equal([]);
    expect(ben.chat.map(({text}) => text)).to.deep.equal(['still here']);
  });
});
