/**
 * Asks STUN and TURN servers for an address, with no call and nobody on the other side. Knows of no
 * relay and no device.
 */
import type {CauseCode} from './causes.js';

/** Browsers ask a server that does not answer again and again for up to ten seconds. */
const PATIENCE_MS = 10_000;

/**
 * No answer within this time after everything else is there: a server on the same side of the NAT
 * gives an address that is known already, which browsers keep to themselves.
 */
const QUICK_MS = 4_000;

export type ServerKind = 'stun' | 'turn-udp' | 'turn-tcp' | 'turn-tls';

export interface ServerAnswer {
  /** `null`: it works. */
  readonly cause: CauseCode | null;
  readonly tookMs: number;
}

/** The servers of each kind (RFC 7064, RFC 7065), each with its own credentials. */
export function serversOf(kind: ServerKind, servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers.flatMap((server) => {
    const urls = [server.urls].flat().filter((url) => kindOf(url) === kind);
    return urls.length > 0 ? [{...server, urls}] : [];
  });
}

/** `null` for what is no address of an ICE server. */
export function kindOf(url: string): ServerKind | null {
  const [, scheme, transport] = /^(stuns?|turns?):[^?]+(?:\?transport=(\w+))?$/i.exec(url) ?? [];
  switch (scheme?.toLowerCase()) {
    case 'stun':
    case 'stuns':
      return 'stun';
    case 'turns':
      return 'turn-tls';
    case 'turn':
      return transport?.toLowerCase() === 'tcp' ? 'turn-tcp' : 'turn-udp';
    default:
      return null;
  }
}

/**
 * Resolves when one of the servers has given an address, or none will. Never rejects.
 * @param signal Ends it: what is not known by then has failed.
 */
export function askServers(
  kind: ServerKind,
  iceServers: RTCIceServer[],
  signal: AbortSignal,
): Promise<ServerAnswer> {
  const begunAt = performance.now();
  const isTurn = kind !== 'stun';
  const wanted = isTurn ? 'relay' : 'srflx';
  let connection: RTCPeerConnection;
  try {
    connection = new RTCPeerConnection({
      iceServers,
      iceTransportPolicy: isTurn ? 'relay' : 'all',
    });
  } catch {
    return Promise.resolve({cause: 'bad-request', tookMs: 0});
  }
  const codes: number[] = [];
  return new Promise((resolve) => {
    const settle = (isFound: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      connection.close();
      const tookMs = Math.round(performance.now() - begunAt);
      resolve({cause: isFound ? null : causeOf(isTurn, codes), tookMs});
    };
    const giveUp = (): void => settle(false);
    const timer = setTimeout(giveUp, PATIENCE_MS);
    signal.addEventListener('abort', giveUp, {once: true});
    connection.addEventListener('icecandidateerror', ({errorCode}) => codes.push(errorCode));
    connection.addEventListener('icecandidate', ({candidate}) => {
      if (candidate?.type === wanted) settle(true);
    });
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState !== 'complete') return;
      const isQuick = performance.now() - begunAt < QUICK_MS;
      settle(!isTurn && isQuick && codes.length === 0);
    });
    connection.createDataChannel('check');
    connection.setLocalDescription().catch(giveUp);
    if (signal.aborted) giveUp();
  });
}

/** 701: no answer. Whatever else a server says, it says no. */
function causeOf(isTurn: boolean, codes: readonly number[]): CauseCode {
  if (!isTurn) return 'udp-blocked';
  return codes.some((code) => code !== 701) ? 'turn-refused' : 'turn-unreachable';
}
