/** Calls whose two sides do not carry the same: one without a camera talks to one with a picture. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {skipWithout} from '../support/browsers.js';
import {callSuite} from '../support/call-suite.js';
import {poll} from '../support/e2e.js';
import type {Visitor} from '../support/visitor.js';

/** What can be seen of the other person's tile. */
interface TileOfOther {
  readonly name: string;
  /** Initials in place of a picture. */
  readonly initials: boolean;
  readonly picture: boolean;
  /** A video element in sight that has nothing to show. */
  readonly emptyPicture: boolean;
}

function tileOfOther(visitor: Visitor): Promise<TileOfOther | null> {
  return visitor.element((element) => {
    const tile = element.shadowRoot!.querySelector('[part~="tile"]:not([part~="tile-own"])');
    if (!tile) return null;
    const isSeen = (part: Element | null): boolean =>
      part?.checkVisibility({visibilityProperty: true}) ?? false;
    const video = tile.querySelector('video');
    const hasPicture = (video?.videoWidth ?? 0) > 0;
    return {
      name: tile.getAttribute('aria-label') ?? '',
      initials: isSeen(tile.querySelector('[part~="avatar"]')),
      picture: isSeen(video) && hasPicture,
      emptyPicture: isSeen(video) && !hasPicture,
    };
  });
}

async function hears(visitor: Visitor): Promise<void> {
  await poll(
    async () => {
      const flows = Object.values(await visitor.flow());
      return flows.length === 1 && flows.every(({audioLevel}) => audioLevel > 0);
    },
    {what: `${visitor.browser} to hear the other`},
  );
}

async function showsTile(visitor: Visitor, wanted: TileOfOther): Promise<void> {
  const seen: {tile: TileOfOther | null} = {tile: null};
  await poll(
    async () => {
      seen.tile = await tileOfOther(visitor);
      return JSON.stringify(seen.tile) === JSON.stringify(wanted);
    },
    {what: `the tile of ${wanted.name} in ${visitor.browser}`},
  ).catch(() => undefined);
  assert.deepEqual(seen.tile, wanted, `what ${visitor.browser} shows of ${wanted.name}`);
}

describe('a call of mixed media', {skip: skipWithout('chromium', 'firefox')}, () => {
  const {newRoom, visitor, end} = callSuite();

  for (const [audio, video] of [
    ['chromium', 'firefox'],
    ['firefox', 'chromium'],
  ] as const) {
    it(`${audio} with sound alone and ${video} with a picture hear each other`, async () => {
      const room = newRoom();
      const common = {room, 'auto-accept': true} as const;
      const ana = await visitor(audio, {...common, media: 'audio', 'display-name': 'Ana'});
      await ana.press('Join');
      await ana.reaches('waiting');
      const ben = await visitor(video, {...common, media: 'video', 'display-name': 'Ben'});
      await ben.press('Join');
      await Promise.all([ana.reaches('in-call'), ben.reaches('in-call')]);
      await Promise.all([hears(ana), hears(ben)]);

      const noPicture = {initials: true, picture: false, emptyPicture: false} as const;
      await showsTile(ben, {name: 'Ana', ...noPicture});
      await showsTile(ana, {name: 'Ben', ...noPicture});
      assert.equal(await ana.has('button', 'Turn camera on'), false, 'no camera to turn on');
      const own = await ana.element((element) =>
        element.localStream!.getTracks().map(({kind}) => kind),
      );
      assert.deepEqual(own, ['audio'], 'no camera was asked for');
      await end(ana, ben);
    });
  }
});
