/** What the tests of the call core say again and again: wait for a fact, count connections, see media flow. */
import type {CallEventDetails} from '../../widget/call/call-events.js';
import type {CallSession} from '../../widget/call/call-session.js';
import type {CallStatus} from '../../widget/call/call-state.js';

const DEADLINE_MS = 15_000;

/** Resolves as soon as `fact` holds; looks whenever the browser has a moment. */
export async function until(fact: () => unknown, what: string): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!fact()) {
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function statusOf(session: CallSession, status: CallStatus): Promise<void> {
  return until(
    () => session.status === status,
    `status ${status}, still ${session.status} ${JSON.stringify(session.state)}`,
  );
}

/** The next event of this name. */
export function next<Name extends keyof CallEventDetails>(
  session: CallSession,
  name: Name,
): Promise<CallEventDetails[Name]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No ${name} came.`)), DEADLINE_MS);
    session.addEventListener(
      name,
      ({detail}) => {
        clearTimeout(timer);
        resolve(detail);
      },
      {once: true},
    );
  });
}

/** What takes care of the calls that are connected has come: that is some 200 ms after the first connection. */
export async function untilCaredFor(): Promise<void> {
  await import('../../widget/call/care/call-care.js');
  await new Promise((resolve) => setTimeout(resolve, 250));
}

/** Everything that is fired from now on, as `name` and detail. */
export function record(
  session: CallSession,
  names: (keyof CallEventDetails)[],
): [string, unknown][] {
  const heard: [string, unknown][] = [];
  for (const name of names)
    session.addEventListener(name, ({detail}) => heard.push([name, detail]));
  return heard;
}

export async function inboundFrames(session: CallSession, peerId: string): Promise<number> {
  const report = (await session.getStats()).get(peerId);
  let frames = 0;
  report?.forEach((stat: {type: string; kind?: string; framesDecoded?: number}) => {
    if (stat.type === 'inbound-rtp' && stat.kind === 'video') frames += stat.framesDecoded ?? 0;
  });
  return frames;
}

/** Resolves when more pictures of this peer have been decoded than there were at the call. */
export async function framesGrow(session: CallSession, peerId: string): Promise<void> {
  await grows(() => inboundFrames(session, peerId), 0, `No picture of ${peerId} was decoded.`);
}

/**
 * Resolves when a count has become greater by more than `enough`. One that begins anew (a new link; in
 * Firefox, a picture that does) is counted from there.
 */
export async function grows(
  count: () => Promise<number>,
  enough: number,
  otherwise: string,
): Promise<void> {
  let before = await count();
  const deadline = performance.now() + DEADLINE_MS;
  for (let now = before; now <= before + enough; now = await count()) {
    before = Math.min(before, now);
    if (performance.now() > deadline) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Every `RTCPeerConnection` that is made until `stop()`. */
export function watchConnections(): {
  all: RTCPeerConnection[];
  open: () => number;
  stop: () => void;
} {
  const Original = globalThis.RTCPeerConnection;
  const all: RTCPeerConnection[] = [];
  class Watched extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      all.push(this);
    }
  }
  globalThis.RTCPeerConnection = Watched;
  return {
    all,
    open: () => all.filter(({connectionState}) => connectionState !== 'closed').length,
    stop: () => {
      globalThis.RTCPeerConnection = Original;
    },
  };
}

/** From now on the other side seems to tell that it misses most of what comes. */
export function drown(connection: RTCPeerConnection | undefined): () => void {
  if (!connection) throw new Error('There is no link to drown.');
  const read = connection.getStats.bind(connection);
  let reports = 0;
  connection.getStats = async () => {
    const entries = new Map<string, {type: string}>();
    (await read()).forEach((entry: {id: string; type: string}) => {
      const isReport = entry.type === 'remote-inbound-rtp';
      const told = {...entry, timestamp: ++reports, fractionLost: 0.9};
      entries.set(entry.id, isReport ? told : entry);
    });
    return entries;
  };
  return () => {
    connection.getStats = read;
  };
}

/** From now on the receivers of this connection seem to hear nothing more. Returns what ends that. */
export function deafen(connection: RTCPeerConnection): () => void {
  const receivers = connection.getReceivers();
  for (const receiver of receivers) {
    const heard = receiver.getSynchronizationSources();
    receiver.getSynchronizationSources = () => heard;
  }
  return () => {
    for (const receiver of receivers) {
      Reflect.deleteProperty(receiver, 'getSynchronizationSources');
    }
  };
}
