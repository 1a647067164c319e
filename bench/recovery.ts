/**
 * `npm run bench -- recovery`: how long after its network is back, or has become another one, a call
 * has pictures and sound again on both sides, as a ratio to what is promised. Hosts are network
 * namespaces (Linux, root). Ends with an error if a median is over its limit.
 */
import {setTimeout as delay} from 'node:timers/promises';
import type {BrowserName} from '../test/support/browsers.js';
import {callAcross, type CallAcross} from '../test/support/call-across.js';
import {poll} from '../test/support/e2e.js';
import {skipWithoutNamespaces, type Cut} from '../test/support/network-namespaces.js';
import {standsStill, untilMediaFlows} from '../test/support/same-call.js';
import type {Visitor} from '../test/support/visitor.js';
import {readBudgets} from './lib/bundle-size.js';
import {spreadOf} from './lib/spread.js';

const ROUNDS = 3;
const OUTAGE_MS = 10_000;
/** In which a page that has its network back has its relay back, at the latest. */
const RELAY_MS = 60_000;
const PAIRS: readonly (readonly [BrowserName, BrowserName])[] = [
  ['chromium', 'chromium'],
  ['firefox', 'firefox'],
  ['chromium', 'firefox'],
];
const CUTS: Readonly<Record<Cut, string>> = {
  interface: 'its interface was down for 10 s',
  cable: 'its cable was out for 10 s',
  silence: 'nothing was passed on for 10 s',
};

const {recovery: limits} = readBudgets();
const reason = skipWithoutNamespaces();
if (reason !== false) console.log(`\nRecovery is not measured: ${reason}`);
else {
  console.log('\nPictures and sound again on both sides, in ms after the network is');
  console.log(row('', ['min', 'median', 'worst', 'ratio']));
  for (const pair of PAIRS) await measure(pair);
}

async function measure(pair: readonly [BrowserName, BrowserName]): Promise<void> {
  console.log(`\n${pair.join(' and ')}`);
  const cleanups: (() => unknown)[] = [];
  try {
    const call = await callAcross(
      {after: (step) => void cleanups.push(step as () => unknown)},
      pair,
    );
    const sides = pair[0] === pair[1] ? [0] : [0, 1];
    for (const side of sides) {
      for (const cut of Object.keys(CUTS) as Cut[]) {
        const took: number[] = [];
        for (let round = 0; round < ROUNDS; round++) took.push(await afterCut(call, side, cut));
        report(`${pair[side]}: ${CUTS[cut]}`, took, limits.linkDownMs);
      }
      const took: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        took.push(await afterMove(call, side, `10.86.0.${100 + side * 50 + round}`));
      }
      report(`${pair[side]}: its address changed`, took, limits.addressChangedMs);
    }
  } finally {
    for (const step of cleanups.reverse()) await step();
  }
}

async function afterCut({callers}: CallAcross, side: number, cut: Cut): Promise<number> {
  const visitors = callers.map(({visitor}) => visitor);
  const {host} = callers[side]!;
  await isWhole(visitors);
  await host.cut(cut);
  await Promise.all([delay(OUTAGE_MS), ...visitors.map(standsStill)]);
  await host.mend();
  return untilMediaFlows(visitors);
}

async function afterMove({callers}: CallAcross, side: number, address: string): Promise<number> {
  const visitors = callers.map(({visitor}) => visitor);
  await isWhole(visitors);
  await callers[side]!.host.setAddress(address);
  const since = performance.now();
  // One way it may go on: what is sent from the old address still arrives.
  await Promise.any(visitors.map(standsStill));
  await untilMediaFlows(visitors);
  return performance.now() - since;
}

/**
 * Both have their relay, too: media are often back before it is. What falls upon a page that is still looking for
 * its relay is another fault (`docs/decisions/061-not-to-believe-a-socket.md`, "Firefox and attempts that hang").
 */
async function isWhole(visitors: readonly Visitor[]): Promise<void> {
  await untilMediaFlows(visitors);
  for (const visitor of visitors) {
    await poll(() => visitor.element(({signaling}) => signaling === 'open'), {
      what: 'the way to the relay',
      deadlineMs: RELAY_MS,
    });
  }
}

function report(what: string, took: readonly number[], limitMs: number): void {
  const {min, median, max} = spreadOf(took);
  const ratio = median / limitMs;
  const isOver = ratio > 1;
  const cells = [...[min, median, max].map((ms) => ms.toFixed(0)), ratio.toFixed(2)];
  console.log(`${row(what, cells)}  ${isOver ? 'FAIL' : 'PASS'}, of ${limitMs} ms`);
  if (isOver) process.exitCode = 1;
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(46) + cells.map((cell) => cell.padStart(8)).join('');
}
