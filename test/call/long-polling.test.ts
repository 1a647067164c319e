/** How much of what waits goes into one post. */
import {expect} from 'chai';
import {fittingPackets} from '../../widget/call/long-polling.js';

describe('a post of long polling', () => {
  const fit = (sizes: readonly number[], limit?: number): number =>
    fittingPackets({
      writeBuffer: sizes.map((size) => ({data: 'x'.repeat(size)})),
      ...(limit !== undefined && {_maxPayload: limit}),
    }).length;

  it('has all that fits', () => {
    expect(fit([10, 10, 10], 36)).to.equal(3);
    expect(fit([10, 10, 10], 35)).to.equal(2);
    expect(fit([10, 10, 10], 12)).to.equal(1);
  });

  it('has one that is too large by itself alone', () => {
    expect(fit([100, 1], 50)).to.equal(1);
  });

  it('has everything where no limit was told, and packets that say nothing', () => {
    expect(fit([100, 100])).to.equal(2);
    expect(fittingPackets({writeBuffer: [{}, {}], _maxPayload: 4})).to.have.length(2);
  });

  it('counts bytes, not letters', () => {
    const packets = {writeBuffer: [{data: 'ä'}, {data: 'ä'}], _maxPayload: 7};
    expect(fittingPackets(packets)).to.have.length(1);
  });
});
