/** A browser that plays nothing aloud before somebody presses something: the button for it, and where that is. */
import {expect} from 'chai';
import {buttonOf, findButton, remove, roomAt, shadowOf, until} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';

describe('sound that the browser refuses', () => {
  afterEach(remove);

  it('asks for a tap once when the browser refuses to play, and plays on it', async () => {
    const element = await roomAt(SCREENS.find(({name}) => name === 'call-1') as Screen);
    const video = shadowOf(element).querySelector<HTMLVideoElement>('video[data-peer]');
    if (!video) throw new Error('no video');
    let isAllowed = false;
    video.play = () =>
      isAllowed ? Promise.resolve() : Promise.reject(new DOMException('', 'NotAllowedError'));
    const codes: string[] = [];
    element.addEventListener('call-error', ({detail}) => codes.push(detail.error.code));
    video.dispatchEvent(new Event('loadedmetadata'));
    video.dispatchEvent(new Event('loadedmetadata'));
    await until(() => findButton(element, 'Tap to hear') !== undefined, 'the button');
    expect(codes).to.deep.equal(['audio-blocked']);
    // Nothing is more urgent: whoever cannot tap comes to it before anything else, and it lies over all of it.
    const hear = buttonOf(element, 'Tap to hear');
    const stage = shadowOf(element).querySelector('.stage');
    expect(stage?.querySelector('button, [tabindex="0"]') === hear, 'the first stop').to.equal(
      true,
    );
    const {left, top, width, height} = hear.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    expect(shadowOf(element).elementFromPoint(x, y) === hear, 'on top').to.equal(true);
    isAllowed = true;
    buttonOf(element, 'Tap to hear').click();
    await until(() => findButton(element, 'Tap to hear') === undefined, 'playing');
  });
});
