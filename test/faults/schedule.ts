/**
 * What goes wrong, when and for whom: a list made of a seed alone, so that a bad run can be had
 * again. Knows nothing of how a fault is done.
 */
import {randomFrom} from '../support/random.js';

export const NAMES = ['Ana', 'Ben', 'Eva'] as const;
export type Name = (typeof NAMES)[number];

export type Fault =
  /** The relay dies and comes back with empty memory; with another secret it knows nobody's token. */
  | {readonly kind: 'relay dies'; readonly ms: number; readonly knowsTokens: boolean}
  /** Everything to and from the relay takes that much longer, as if it hung. */
  | {readonly kind: 'relay hangs'; readonly ms: number}
  /** The way to the relay breaks, perhaps after some signals were lost on it. */
  | {
      readonly kind: 'socket breaks';
      readonly who: Name;
      readonly ms: number;
      readonly isLossy: boolean;
    }
  /** Nothing comes or goes between this one and the others. */
  | {readonly kind: 'link down'; readonly who: Name; readonly ms: number}
  /** Both at once: Wi-Fi is gone. */
  | {readonly kind: 'network down'; readonly who: Name; readonly ms: number}
  /** The page goes, and comes back after a while. */
  | {readonly kind: 'reload'; readonly who: Name; readonly ms: number}
  /** Leaves, and joins again. */
  | {readonly kind: 'rejoin'; readonly who: Name; readonly ms: number}
  | {readonly kind: 'camera' | 'microphone' | 'screen'; readonly who: Name; readonly ms: number};

export interface Step {
  /** After the call has begun. */
  readonly atMs: number;
  readonly fault: Fault;
}

export interface Schedule {
  readonly seed: number;
  /** Calls go through TURN alone; only then can links be cut. */
  readonly isRelayed: boolean;
  readonly steps: readonly Step[];
}

/** What a fault takes hold of, so that no two do at the same time. */
function resourcesOf(fault: Fault): string[] {
  switch (fault.kind) {
    case 'relay dies':
    case 'relay hangs':
      return ['relay'];
    case 'socket breaks':
      return [`socket ${fault.who}`];
    case 'link down':
      return [`link ${fault.who}`];
    case 'network down':
      return [`socket ${fault.who}`, `link ${fault.who}`];
    case 'reload':
    case 'rejoin':
      return [`page ${fault.who}`, `socket ${fault.who}`];
    case 'camera':
    case 'microphone':
    case 'screen':
      return [`page ${fault.who}`];
  }
}

/** Until nobody takes a join for the same moment's reload. */
const PAGE_REST_MS = 300;

export function makeSchedule(seed: number): Schedule {
  const random = randomFrom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;
  const isRelayed = random() < 0.5;
  const busyUntil = new Map<string, number>();
  const steps: Step[] = [];
  let atMs = 0;
  for (let left = 5 + below(8); left > 0; left--) {
    atMs += below(900);
    const fault = draw();
    const resources = resourcesOf(fault);
    if (resources.some((name) => (busyUntil.get(name) ?? 0) > atMs)) continue;
    for (const name of resources) busyUntil.set(name, atMs + fault.ms + PAGE_REST_MS);
    steps.push({atMs, fault});
  }
  return {seed, isRelayed, steps};

  function draw(): Fault {
    const who = pick(NAMES);
    const chance = below(isRelayed ? 14 : 10);
    if (chance < 2) return {kind: 'relay dies', ms: below(3_000), knowsTokens: random() < 0.5};
    if (chance < 3) return {kind: 'relay hangs', ms: 500 + below(2_500)};
    if (chance < 5) return {kind: 'socket breaks', who, ms: below(3_000), isLossy: random() < 0.5};
    if (chance < 7) return {kind: 'reload', who, ms: random() < 0.5 ? 0 : below(3_000)};
    if (chance < 8) return {kind: 'rejoin', who, ms: below(1_500)};
    if (chance < 10) {
      return {kind: pick(['camera', 'microphone', 'screen'] as const), who, ms: 0};
    }
    // Some shorter, some longer than it takes a browser to notice.
    const ms = random() < 0.7 ? below(3_000) : 5_000 + below(5_000);
    return {kind: chance < 12 ? 'link down' : 'network down', who, ms};
  }
}

/** One line, for whoever wants to see what happened. */
export function describeStep({atMs, fault}: Step): string {
  const {kind, ms} = fault;
  const who = 'who' in fault ? `${fault.who}: ` : '';
  const how = 'knowsTokens' in fault ? (fault.knowsTokens ? ', same secret' : ', new secret') : '';
  return `${atMs} ms  ${who}${kind}${ms > 0 ? ` for ${ms} ms` : ''}${how}`;
}
