/** How tiles are arranged, as tables: by the box, by how many there are, by whom somebody wants to see. */
import {expect} from 'chai';
import {
  arrangementOf,
  cornerAt,
  isBetterWhole,
  nextCorner,
  speakerOf,
} from '../../widget/stage-layout.js';
import {peer} from '../support/call-facts.js';

describe('the arrangement of a stage', () => {
  for (const [count, width, height, isLargeWanted, kind, places] of [
    // Alone, or with one's own over the other: nothing to arrange.
    [1, 800, 600, true, 'grid', 0],
    [2, 240, 200, true, 'grid', 0],
    [3, 800, 600, false, 'grid', 0],
    [8, 1200, 800, false, 'grid', 0],
    [8, 320, 560, false, 'grid', 0],
    // Somebody is to be large.
    [3, 800, 400, true, 'beside', 2],
    [8, 800, 600, true, 'below', 7],
    [8, 300, 480, true, 'below', 4],
    [6, 480, 280, true, 'beside', 5],
    [8, 480, 280, true, 'beside', 5],
    [8, 1900, 1000, true, 'beside', 7],
    // Nobody asked, but in a grid nobody would be made out.
    [5, 210, 380, false, 'below', 3],
    [8, 340, 220, false, 'beside', 4],
    // A bubble.
    [3, 190, 110, false, 'alone', 0],
    [8, 150, 150, false, 'alone', 0],
    // Not measured yet.
    [5, 0, 0, true, 'grid', 0],
  ] as const) {
    const wish = isLargeWanted ? ', one large' : '';
    it(`${String(count)} in ${String(width)}×${String(height)}${wish}`, () => {
      expect(arrangementOf({count, width, height, isLargeWanted})).to.deep.equal({kind, places});
    });
  }
});

describe('the large place', () => {
  const [ana, bo, cem] = ['ana', 'bo', 'cem'].map(peer) as [
    ReturnType<typeof peer>,
    ReturnType<typeof peer>,
    ReturnType<typeof peer>,
  ];
  const speaking = (one: typeof ana): typeof ana => ({...one, speaking: true});

  it('is for the first one until somebody speaks', () => {
    expect(speakerOf([ana, bo, cem], null)).to.equal('ana');
    expect(speakerOf([ana, speaking(bo), cem], 'ana')).to.equal('bo');
  });
  it('stays with whoever had it, through a silence and while they speak, too', () => {
    expect(speakerOf([ana, bo, cem], 'bo')).to.equal('bo');
    expect(speakerOf([speaking(ana), speaking(bo), cem], 'bo')).to.equal('bo');
    expect(speakerOf([speaking(ana), bo, cem], 'bo')).to.equal('ana');
  });
  it('is taken over when they go', () => {
    expect(speakerOf([ana, cem], 'bo')).to.equal('ana');
    expect(speakerOf([], 'bo')).to.equal(null);
  });
});

describe('a picture that is better whole', () => {
  for (const [what, picture, box, isWhole] of [
    ['a camera in a wide tile', [640, 480], [800, 450], false],
    ['a camera in a square', [1280, 720], [300, 300], false],
    ['a phone held upright in a wide tile', [720, 1280], [800, 450], true],
    ['a camera in a tall, narrow tile', [1280, 720], [200, 480], true],
    ['a camera on a phone', [1280, 720], [320, 560], false],
    ['a phone on a phone', [720, 1280], [320, 560], false],
    ['one without a frame', [0, 0], [800, 450], false],
    ['a tile without a size', [720, 1280], [0, 0], false],
  ] as const) {
    it(`${what}: ${isWhole ? 'yes' : 'no'}`, () => {
      const [[width, height], [boxWidth, boxHeight]] = [picture, box];
      const size = {width: boxWidth, height: boxHeight};
      expect(isBetterWhole({width, height}, size)).to.equal(isWhole);
    });
  }
});

describe('a corner', () => {
  it('is the nearest one, by the direction of reading', () => {
    expect(cornerAt(0.9, 0.9, false)).to.equal('end-end');
    expect(cornerAt(0.1, 0.9, false)).to.equal('end-start');
    expect(cornerAt(0.1, 0.1, true)).to.equal('start-end');
    expect(cornerAt(0.9, -2, true)).to.equal('start-start');
  });
  it('is followed by each of the others once', () => {
    const all = ['end-end'] as ReturnType<typeof nextCorner>[];
    for (let i = 0; i < 3; i++) all.push(nextCorner(all.at(-1)!));
    expect(new Set(all).size).to.equal(4);
    expect(nextCorner(all.at(-1)!)).to.equal('end-end');
  });
});
