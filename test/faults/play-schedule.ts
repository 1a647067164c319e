/**
 * Does to a call of three what a schedule says, mends everything, and asks one question: is
 * everybody connected, with media flowing, and is nothing left over when all have gone? Runs in a
 * page; `fault-lab.ts` brings it there.
 */
import {CallInPage, type Lab} from './call-in-page.js';
import {makeSchedule, NAMES, type Fault, type Name} from './schedule.js';

export interface Outcome {
  /** From the moment when everything was mended until all was well. */
  readonly wellAfterMs: number;
  /** What was the matter until then, with the milliseconds until which each was seen. */
  readonly waitedFor: readonly (readonly [what: string, untilMs: number])[];
  /** Why somebody was out of the call at the end of the faults, and had to join again. */
  readonly causes: readonly string[];
  /** What was not as it should be; empty if all was well. */
  readonly problems: readonly string[];
}

/** Links that ICE cannot heal are made anew after 30 s; and that may be needed twice. */
const WELL_WITHIN_MS = 75_000;
const GONE_WITHIN_MS = 5_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function playSchedule(seed: number, lab: Lab): Promise<Outcome> {
  const {steps, isRelayed} = makeSchedule(seed);
  const listenersBefore = watched().listeners;
  const call = new CallInPage(lab, isRelayed);
  const problems: string[] = [];
  const causes: string[] = [];
  const waitedFor = new Map<string, number>();
  let wellAfterMs = 0;
  try {
    for (const name of NAMES) await call.join(name);
    await waitUntilWell(call, 'in the beginning');
    const startedAt = performance.now();
    const underWay: Promise<void>[] = [];
    for (const {atMs, fault} of steps) {
      await pause(Math.max(0, startedAt + atMs - performance.now()));
      underWay.push(bring(call, fault));
    }
    await Promise.all(underWay);
    await call.mendAll();
    const mendedAt = performance.now();
    await waitUntilWell(call, 'in the end', causes, waitedFor);
    wellAfterMs = Math.round(performance.now() - mendedAt);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  await call.end();
  problems.push(...(await leftOver(call, listenersBefore)));
  call.stopWatching();
  sessionStorage.clear();
  return {wellAfterMs, waitedFor: [...waitedFor], causes, problems};
}

/** From the beginning of a fault to its end. What people do may fail: they try again in the end. */
async function bring(call: CallInPage, fault: Fault): Promise<void> {
  const {ms} = fault;
  switch (fault.kind) {
    case 'relay dies':
      call.killRelay(fault.knowsTokens);
      await pause(ms);
      return call.reviveRelay();
    case 'relay hangs':
      call.relay.delayMs = ms;
      await pause(ms);
      call.relay.delayMs = 0;
      return;
    case 'socket breaks':
      call.cutSocket(fault.who, fault.isLossy);
      await pause(ms);
      return call.mendSocket(fault.who);
    case 'link down':
    case 'network down':
      await call.setLink(fault.who, false);
      if (fault.kind === 'network down') call.cutSocket(fault.who);
      await pause(ms);
      await call.setLink(fault.who, true);
      if (fault.kind === 'network down') call.mendSocket(fault.who);
      return;
    case 'reload':
      return call.reload(fault.who, ms).catch(ignore);
    case 'rejoin':
      await call.session(fault.who).leave();
      await pause(ms);
      return call.join(fault.who).catch(ignore);
    case 'camera':
      return void call.session(fault.who).toggleCamera().catch(ignore);
    case 'microphone':
      return void call.session(fault.who).toggleMicrophone().catch(ignore);
    case 'screen':
      return void call.session(fault.who).toggleScreenShare().catch(ignore);
  }
}

function ignore(): void {
  // The state tells why, and is looked at in the end.
}

/**
 * Resolves once everybody is connected to everybody and all that is switched on arrives. Whoever
 * finds themselves out of the call presses "Try again", and the cause that was stated is noted.
 */
async function waitUntilWell(
  call: CallInPage,
  when: string,
  causes?: string[],
  waitedFor?: Map<string, number>,
): Promise<void> {
  const began = performance.now();
  const deadline = began + WELL_WITHIN_MS;
  const first = new Map<string, number>();
  for (;;) {
    for (const name of causes === undefined ? [] : NAMES) {
      const cause = causeOfEnd(call, name);
      if (cause === null) continue;
      causes?.push(`${name}: ${cause}`);
      await call.join(name);
    }
    const wrong = (await Promise.all(NAMES.map((name) => wrongWith(call, name, first)))).flat();
    if (wrong.length === 0) return;
    for (const what of wrong) waitedFor?.set(what, Math.round(performance.now() - began));
    if (performance.now() > deadline) {
      throw new Error([`${when}: ${wrong.join('; ')}`, ...(await call.describe())].join('\n    '));
    }
    await pause(100);
  }
}

function causeOfEnd(call: CallInPage, name: Name): string | null {
  const {state} = call.session(name);
  if (state.status === 'failed') return state.error.code;
  return state.status === 'left' ? state.reason : null;
}

/** @param first What had come when it was looked at for the first time: it must have become more. */
async function wrongWith(
  call: CallInPage,
  name: Name,
  first: Map<string, number>,
): Promise<string[]> {
  const session = call.session(name);
  if (session.status !== 'in-call') return [`${name} is ${session.status}`];
  const wrong: string[] = [];
  if (session.signaling !== 'open') wrong.push(`${name} has no relay`);
  const others = NAMES.filter((other) => other !== name);
  const known = session.peers.map(({displayName}) => displayName).sort();
  if (known.join() !== others.join()) return [...wrong, `${name} is with ${known.join(', ')}`];
  const stats = await session.getStats();
  for (const peer of session.peers) {
    const link = `${name} ← ${peer.displayName}`;
    const other = call.session(peer.displayName as Name);
    if (peer.connectionState !== 'connected') wrong.push(`${link} is ${peer.connectionState}`);
    if (!peer.present) wrong.push(`${link} is away`);
    if (peer.cameraEnabled !== other.cameraEnabled) wrong.push(`${link}: camera is told wrong`);
    if (peer.microphoneEnabled !== other.microphoneEnabled) {
      wrong.push(`${link}: microphone is told wrong`);
    }
    const report = stats.get(peer.peerId);
    if (other.cameraEnabled && !grows(first, `${link} video`, report, 'video', 'framesDecoded')) {
      wrong.push(`${link}: no picture`);
    }
    if (peer.screenSharing !== other.screenSharing) wrong.push(`${link}: screen is told wrong`);
    if (other.screenSharing && session.screenOf(peer.peerId) === null)
      wrong.push(`${link}: no screen`);
    if (other.microphoneEnabled && !grows(first, `${link} audio`, report, 'audio', 'bytesReceived'))
      wrong.push(`${link}: no sound`);
  }
  return wrong;
}

/** Whether more has come since this was asked for the first time over the present link. */
function grows(
  first: Map<string, number>,
  key: string,
  report: RTCStatsReport | undefined,
  kind: string,
  counter: string,
): boolean {
  let count = 0;
  report?.forEach((stat: Record<string, unknown>) => {
    if (stat['type'] === 'inbound-rtp' && stat['kind'] === kind)
      count += Number(stat[counter] ?? 0);
  });
  const before = first.get(key);
  // A new link counts from nought again.
  if (before === undefined || count < before) first.set(key, count);
  return before !== undefined && count > before;
}

interface Watched {
  readonly timers: Map<unknown, string>;
  readonly listeners: number;
}

/** What `leak-watch.ts` has counted in this page. */
function watched(): Watched {
  return (globalThis as unknown as {watch: Watched}).watch;
}

async function leftOver(call: CallInPage, listenersBefore: number): Promise<string[]> {
  const deadline = performance.now() + GONE_WITHIN_MS;
  for (;;) {
    const {timers, listeners} = watched();
    const left = [
      ...call.leftOver(),
      ...[...timers.values()].map((timer) => `a timer: ${timer}`),
      ...(listeners === listenersBefore ? [] : [`${listeners - listenersBefore} listeners`]),
    ];
    if (left.length === 0 || performance.now() > deadline) {
      return left.map((what) => `left over: ${what}`);
    }
    await pause(50);
  }
}

Object.assign(globalThis, {playSchedule});
