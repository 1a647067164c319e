/** Everything at once over links that break again and again, at random: nothing comes twice, in pieces, or in another order. */
import {expect} from 'chai';
import {until} from '../support/calls.js';
import {randomFrom} from '../support/random.js';
import {codeOf, fileOf, filesOf, sha256, someBytes, talkSuite} from '../support/talk-suite.js';

describe('a conversation over links that break', () => {
  const suite = talkSuite();

  it('loses no word and no file, and repeats nothing', async () => {
    const seed = Math.floor(Math.random() * 1_000_000);
    console.log(`seed ${seed}`);
    const random = randomFrom(seed);
    const upTo = (max: number): number => Math.floor(random() * max);
    const two = await suite.two();
    const {ana, ben} = two;
    const messages: number[] = [];
    ben.addEventListener('message-received', ({detail}) => {
      const {byteLength} = detail.data as ArrayBuffer;
      messages.push(byteLength);
    });
    const files = filesOf(two);
    const words: string[] = [];
    const sizes: number[] = [];
    const sentFiles: File[] = [];
    const work: Promise<string>[] = [];
    for (let round = 0; round < 5; round++) {
      for (let step = 0; step < 8; step++) {
        const kind = upTo(4);
        if (kind === 0) {
          words.push(`${round}-${step}`);
          work.push(codeOf(ana.sendChat(words.at(-1)!)));
        } else if (kind === 1) {
          // No two are equally long, so that the length tells which it is.
          const size = upTo(400_000) * 50 + sizes.length;
          sizes.push(size);
          work.push(codeOf(ana.send(someBytes(size))));
        } else if (kind === 2) {
          sentFiles.push(fileOf(upTo(3_000_000), `${round}-${step}`));
          work.push(codeOf(ana.sendFile(sentFiles.at(-1)!)));
        } else work.push(codeOf(ben.sendChat('from the other side')));
      }
      const frames = upTo(60);
      let seen = 0;
      await new Promise<void>((resolve) => {
        suite.channels.onSend = () => {
          if (++seen > frames) resolve();
        };
        // There may be nothing to send any more.
        void Promise.allSettled(work).then(() => resolve());
      });
      await suite.replaceLink(two);
    }
    expect(new Set(await Promise.all(work))).to.deep.equal(new Set(['done']));
    await until(() => files.length === sentFiles.length, 'every file');
    const fromAna = ben.chat.filter(({from}) => from !== null).map(({text}) => text);
    expect(fromAna).to.deep.equal(words);
    // One that was handed over whole may have been lost with its link; none comes twice or early.
    const places = messages.map((size) => sizes.indexOf(size));
    expect(places).to.deep.equal([...new Set(places)].sort((one, other) => one - other));
    expect(places).to.not.include(-1);
    for (const sent of sentFiles) {
      const arrived = files.find(({name}) => name === sent.name)!;
      expect(await sha256(await arrived.arrayBuffer())).to.equal(
        await sha256(await sent.arrayBuffer()),
      );
    }
    expect(ben.transfers.every(({status}) => status === 'done')).to.equal(true);
  }).timeout(60_000);
});
