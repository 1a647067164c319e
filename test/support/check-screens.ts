/** The check before a call, as the tests of every screen show it. */
import type {CheckResult, CheckStep} from '../../widget/call/doctor/check.js';
import type {Screen} from './widget-screens.js';
import {FakeSession} from './widget-session.js';

const CHECK = 'Check camera and connection';

const ok = (name: CheckStep['name'], tookMs = 20): CheckStep => ({
  ...{name, tookMs},
  outcome: 'ok',
  cause: null,
});

const other = (
  name: CheckStep['name'],
  outcome: CheckStep['outcome'],
  cause: CheckStep['cause'] = null,
): CheckStep => ({name, outcome, cause, tookMs: null});

export const GOOD: CheckResult = {
  ok: true,
  steps: [
    ...[ok('microphone'), ok('camera'), ok('relay'), ok('stun')],
    other('turn-udp', 'not-configured'),
    other('turn-tcp', 'not-configured'),
    other('turn-tls', 'not-configured'),
  ],
};

export const BAD: CheckResult = {
  ok: false,
  steps: [
    ok('microphone'),
    other('camera', 'failed', 'media-in-use'),
    ok('relay'),
    other('stun', 'failed', 'udp-blocked'),
    other('turn-udp', 'failed', 'turn-unreachable'),
    ok('turn-tcp'),
    other('turn-tls', 'skipped'),
  ],
};

function screen(name: string, checked: CheckResult | null): Screen {
  return {
    name,
    attributes: {room: 'sunday-lunch'},
    before: () => {
      FakeSession.checked = checked;
    },
    press: [CHECK],
    waitFor: checked ? '.check-step' : '.verdict',
  };
}

export const CHECK_SCREENS: readonly Screen[] = [
  screen('check-running', null),
  screen('check-good', GOOD),
  screen('check-bad', BAD),
];
