/** Looks that depend on the room there is and on what a person has asked their system for. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {buttonOf, remove, roomAt, roomWith, rulesFor, shadowOf} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession, fakePeer} from '../support/widget-session.js';

const at = (name: string): Promise<VideoChatRoom> =>
  roomAt(SCREENS.find((screen) => screen.name === name) as Screen);

describe('looks', () => {
  afterEach(remove);

  it('nothing moves for people who have asked for less motion', async () => {
    const element = await at('call-notices');
    const rules = rulesFor(element, '(prefers-reduced-motion: reduce)');
    expect(rules).to.match(/^\*, ::before, ::after \{/);
    expect(rules).to.match(/animation: [^;]*none[^;]* !important/);
    expect(rules).to.match(/transition: [^;]*none[^;]* !important/);
  });

  it('with forced colours what has a state keeps its fill, and that is of the system’s colours', async () => {
    const form = await roomWith();
    const element = await at('call-reconnecting');
    const fills = [
      [element, '.control[data-off]'],
      [form, '.primary'],
      [form, '.mark'],
    ] as const;
    for (const [where, selector] of fills) {
      const piece = shadowOf(where).querySelector(selector);
      if (!piece) throw new Error(`no ${selector}`);
      const adjusted = getComputedStyle(piece).getPropertyValue('forced-color-adjust');
      expect(adjusted, selector).to.equal('none');
    }
    const tokens = rulesFor(element, '(forced-colors: active)');
    for (const token of ['surface: Canvas', 'text: CanvasText', 'brand: Highlight']) {
      expect(tokens).to.contain(`--_${token};`);
    }
  });

  it('with forced colours tiles have a frame, and the people’s state is a filled or an empty dot', async () => {
    expect(rulesFor(await at('call-1'), '(forced-colors: active)')).to.contain('.tile');
    const rules = rulesFor(await at('people'), '(forced-colors: active)');
    expect(rules).to.contain('.person-status::before');
  });

  it('a prompt is not read across the words that it covers', async () => {
    const element = await at('prompt');
    element.style.inlineSize = '320px';
    const words = [...shadowOf(element).querySelectorAll('[part=lobby] :is(h2, p)')];
    expect(words).to.have.length(3);
    for (const each of words) expect(getComputedStyle(each).visibility).to.equal('hidden');
    expect(getComputedStyle(buttonOf(element, 'Copy link')).visibility).to.equal('visible');
    FakeSession.last.dispatch({type: 'invitation-ended', id: 'k1', reason: 'cancelled'});
    await element.updateComplete;
    for (const each of words) expect(getComputedStyle(each).visibility).to.equal('visible');
  });

  it('the name of a room ends where the controls begin', async () => {
    const element = await at('call-1');
    const root = shadowOf(element);
    for (const width of [580, 640, 800]) {
      element.style.inlineSize = `${String(width)}px`;
      await new Promise(requestAnimationFrame);
      const name = root.querySelector('[part=room-name]')?.getBoundingClientRect();
      const controls = root.querySelector('[part=controls]')?.getBoundingClientRect();
      if (!name || !controls) throw new Error('no bar');
      expect(name.right, `in ${String(width)} px`).to.be.at.most(controls.left);
    }
  });

  for (const width of [240, 320, 480, 800]) {
    for (const count of [1, 3, 7]) {
      it(`no name covers "Reconnecting…" on ${String(count + 1)} tiles in ${String(width)} px`, async () => {
        const element = await at('waiting');
        element.style.inlineSize = `${String(width)}px`;
        for (let at = 0; at < count; at++) {
          const peer = fakePeer(String(at), {displayName: 'Ana', connectionState: 'failed'});
          FakeSession.last.dispatch({type: 'peer-joined', peer});
        }
        await new Promise(requestAnimationFrame);
        await element.updateComplete;
        await new Promise(requestAnimationFrame);
        await element.updateComplete;
        for (const veil of shadowOf(element).querySelectorAll('.veil')) {
          const range = document.createRange();
          range.selectNodeContents(veil);
          const words = range.getBoundingClientRect();
          const tile = veil.parentElement?.getBoundingClientRect();
          const name = veil.parentElement?.querySelector('.name')?.getBoundingClientRect();
          if (!tile || !name) throw new Error('no tile');
          expect(words.bottom, 'above the name').to.be.at.most(name.top + 0.5);
          expect(words.top, 'within the tile').to.be.at.least(tile.top - 0.5);
        }
      });
    }
  }
});
