/** Which random schedules a browser test plays: a few fixed ones, or those that `SCHEDULES` asks for. */

export interface Schedules {
  readonly seed: number;
  readonly count: number;
}

/** Put in by the test runner's configuration, from its environment. */
declare const SCHEDULES: Schedules | undefined;

export function schedules(few: Schedules): Schedules {
  return typeof SCHEDULES === 'undefined' ? few : (SCHEDULES ?? few);
}
