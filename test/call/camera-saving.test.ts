/** What a camera is asked for where data is saved, and what somebody else has asked of it meanwhile. */
import {expect} from 'chai';
import {saveAtCamera} from '../../widget/call/care/camera-saving.js';

describe('a camera that saves data', () => {
  it('keeps the background that was blurred meanwhile, both ways', () => {
    let asked: MediaTrackConstraints = {width: {ideal: 1280}};
    const track = {
      getConstraints: () => asked,
      applyConstraints: (constraints: MediaTrackConstraints) => {
        asked = constraints;
        return Promise.resolve();
      },
    } as unknown as MediaStreamTrack;
    saveAtCamera(track, true);
    expect(asked.width).to.deep.equal({ideal: 320});
    asked = {...asked, backgroundBlur: {exact: true}};
    saveAtCamera(track, false);
    expect(asked).to.deep.equal({width: {ideal: 1280}, backgroundBlur: {exact: true}});
    saveAtCamera(track, true);
    expect(asked.width).to.deep.equal({ideal: 320});
    expect(asked.backgroundBlur).to.deep.equal({exact: true});
  });
});
