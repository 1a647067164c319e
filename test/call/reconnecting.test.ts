/** The way back to a relay that was lost: it is asked whether it is there before it is dialled. */
import {expect} from 'chai';
import {until} from '../support/calls.js';
import {FakeSocket, welcome} from '../support/fake-socket.js';

const CREDENTIALS = {resumeToken: undefined, token: undefined, displayName: '', metadata: null};

describe('a relay that was lost', () => {
  const {WebSocket, fetch} = globalThis;
  let asked: string[];
  let isThere: boolean;

  beforeEach(() => {
    asked = [];
    isThere = false;
    globalThis.WebSocket = FakeSocket as unknown as typeof WebSocket;
    globalThis.fetch = (url) => {
      asked.push((url as URL).href);
      return isThere ? Promise.resolve(new Response()) : Promise.reject(new TypeError('nobody'));
    };
  });
  afterEach(() => Object.assign(globalThis, {WebSocket, fetch}));

  async function lost() {
    // Engine.IO looks for the constructor once, when it is loaded.
    const {SocketIoSignaling} = await import('../../widget/call/socket-io-signaling.js');
    const signaling = new SocketIoSignaling('http://localhost:1/base', () => CREDENTIALS);
    const opened = signaling.open();
    await until(() => FakeSocket.latest?.onmessage, 'it dials');
    await welcome(FakeSocket.latest!);
    await opened;
    const made = FakeSocket.made;
    FakeSocket.latest!.close();
    await until(() => signaling.state === 'reconnecting', 'it is noticed');
    return {signaling, made};
  }

  it('is dialled when it answers, and not before', async () => {
    const {signaling, made} = await lost();
    await until(() => asked.length >= 3, 'it is asked again and again');
    expect(new Set(asked)).to.deep.equal(new Set(['http://localhost:1/base/healthz']));
    expect(FakeSocket.made, 'nothing is dialled').to.equal(made);
    isThere = true;
    await until(() => FakeSocket.made > made && FakeSocket.latest!.onmessage, 'it is dialled');
    await welcome(FakeSocket.latest!);
    await until(() => signaling.state === 'open', 'it is back');
    expect(FakeSocket.made).to.equal(made + 1);
    signaling.close();
  });

  it('is dialled now and then all the same, where the page may not ask', async () => {
    const {signaling, made} = await lost();
    await until(() => FakeSocket.made > made, 'it is dialled unasked');
    expect(asked.length).to.be.greaterThan(3);
    signaling.close();
  });

  it('is asked again while an answer is slow, and dialled at the first that comes', async () => {
    const {signaling, made} = await lost();
    const answers: (() => void)[] = [];
    globalThis.fetch = () => new Promise((resolve) => answers.push(() => resolve(new Response())));
    await until(() => answers.length === 3, 'it is asked again and again');
    expect(FakeSocket.made, 'nothing is dialled').to.equal(made);
    answers[1]!();
    await until(() => FakeSocket.made > made && FakeSocket.latest!.onmessage, 'it is dialled');
    answers[0]!();
    answers[2]!();
    await welcome(FakeSocket.latest!);
    await until(() => signaling.state === 'open', 'it is back');
    expect(FakeSocket.made, 'once').to.equal(made + 1);
    expect(answers.length, 'nothing is asked any more').to.equal(3);
    signaling.close();
  });

  it('is not dialled for an answer from before the network changed', async () => {
    const {signaling, made} = await lost();
    const answers: (() => void)[] = [];
    globalThis.fetch = () => new Promise((resolve) => answers.push(() => resolve(new Response())));
    await until(() => answers.length === 1, 'it is asked');
    signaling.redial();
    await until(() => answers.length === 2, 'it is asked by the new one');
    answers[0]!();
    // Whatever hangs on the answer comes before this.
    await new Promise((resolve) => setTimeout(resolve));
    expect(FakeSocket.made).to.equal(made);
    answers[1]!();
    await until(() => FakeSocket.made > made, 'it is dialled');
    signaling.close();
  });

  it('is not dialled any more when nobody wants it', async () => {
    const {signaling, made} = await lost();
    let answer: (() => void) | undefined;
    globalThis.fetch = () => new Promise((resolve) => (answer = () => resolve(new Response())));
    await until(() => answer, 'it is asked');
    signaling.close();
    answer!();
    // Whatever hangs on the answer comes before this.
    await new Promise((resolve) => setTimeout(resolve));
    expect(FakeSocket.made).to.equal(made);
  });

  it('is dialled at once when the network has changed, and not twice', async () => {
    const {signaling, made} = await lost();
    await until(() => asked.length > 0, 'it is asked');
    isThere = true;
    signaling.redial();
    await until(() => FakeSocket.made > made && FakeSocket.latest!.onmessage, 'it is dialled');
    await welcome(FakeSocket.latest!);
    await until(() => signaling.state === 'open', 'it is back');
    expect(FakeSocket.made).to.equal(made + 1);
    signaling.close();
  });
});
