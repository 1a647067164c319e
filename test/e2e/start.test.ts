/** Row A1: `npm start` says where it is, serves a call on its home page, and ends when told to. */
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {networkInterfaces} from 'node:os';
import {fileURLToPath} from 'node:url';
import {describe, it, type TestContext} from 'node:test';
import {launchBrowser, skipWithout} from '../support/browsers.js';
import {Visitor} from '../support/visitor.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** It may have to build what has changed since. */
const START_DEADLINE_MS = 120_000;
const END_DEADLINE_MS = 10_000;

interface Started {
  /** Resolves with all that it has printed for the person who started it, once that is in it. */
  prints(text: string): Promise<string>;
  /** What Ctrl-C does in a terminal. Resolves when the last of the group's processes has ended. */
  interrupt(): Promise<{code: number | null; signal: string | null; complaints: string}>;
}

/** `npm start -- --port 0` in a process group of its own; ends with the test. */
function npmStart(t: TestContext): Started {
  const child = spawn('npm', ['start', '--', '--port', '0'], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Tests stay on this machine: no look for a newer npm, no STUN server out there.
    env: {...process.env, npm_config_update_notifier: 'false', VCR_STUN_URL: 'none'},
  });
  const group = -child.pid!;
  let printed = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  const late = async (ms: number, what: string): Promise<never> => {
    await once(AbortSignal.timeout(ms), 'abort');
    throw new Error(`npm start ${what} after ${ms / 1000} s: ${printed}${complaints}`);
  };
  t.after(async () => {
    // Whatever is left of the group; mostly nothing.
    try {
      process.kill(group, 'SIGKILL');
    } catch {
      return;
    }
    await closed;
  });
  return {
    async prints(text) {
      const isPrinted = async (): Promise<string> => {
        while (!printed.includes(text)) await once(child.stdout, 'data');
        return printed;
      };
      const ended = closed.then(() => {
        throw new Error(`npm start ended: ${printed}${complaints}`);
      });
      return Promise.race([isPrinted(), ended, late(START_DEADLINE_MS, `has no "${text}"`)]);
    },
    async interrupt() {
      process.kill(group, 'SIGINT');
      // Closed are npm's pipes when the relay, which has them too, is gone as well.
      const [code, signal] = await Promise.race([closed, late(END_DEADLINE_MS, 'still runs')]);
      return {code, signal, complaints};
    },
  };
}

function hasNetwork(): boolean {
  const addresses = Object.values(networkInterfaces()).flat();
  return addresses.some((each) => each?.family === 'IPv4' && !each.internal);
}

describe('npm start', {skip: skipWithout('chromium')}, () => {
  it('A1: tells its addresses, has a home page that calls, and ends on Ctrl-C', async (t) => {
    const relay = npmStart(t);
    const printed = await relay.prints('Ctrl-C ends it');
    const local = /Local: +(http:\S+)/.exec(printed)?.[1] ?? '';
    assert.match(local, /^http:\/\/localhost:\d+\/$/, 'the local address');
    if (hasNetwork()) {
      const network = /Network: +(http:\S+)/.exec(printed)?.[1] ?? '';
      assert.match(network, /^http:\/\/[\d.]+:\d+\/$/, 'an address for other devices');
      assert.equal(new URL(network).port, new URL(local).port, 'the same relay');
      assert.ok(!network.includes('//127.'), 'an address that other devices can reach');
    }

    const chromium = await launchBrowser('chromium');
    t.after(() => chromium.close());
    const ana = await Visitor.open(chromium, local);
    await ana.fill('Room name', 'first steps');
    await ana.press('Join');
    await ana.reaches('waiting');
    const ben = await Visitor.open(chromium, ana.page.url());
    await ben.press('Join');
    await ana.finds('alertdialog', 'Some user is calling you');
    await ana.press('Accept');
    await Promise.all([ana.seesAndHears(), ben.seesAndHears()]);
    assert.deepEqual([...ana.pageErrors, ...ben.pageErrors], [], 'no errors in the pages');

    // With the call still on: nobody hangs up before they press Ctrl-C.
    const {code, signal, complaints} = await relay.interrupt();
    assert.match(complaints, /"msg":"relay closed"/, 'the relay has hung up on everybody');
    // Some shells die of Ctrl-C while what they have started ends well; npm then says what they say.
    const isWell = code === 0 || signal === 'SIGINT';
    assert.ok(isWell, `npm ends well, not with ${code ?? signal}: ${complaints}`);
  });
});
