/** What has arrived: saving it, and the small pictures of pictures. Nothing is kept for longer than it is shown. */
import {expect} from 'chai';
import {all, at, note, receive, settled} from '../support/chat-page.js';
import {pictureFile} from '../support/chat-screens.js';
import {buttonOf, remove, shadowOf, until} from '../support/widget-element.js';

/** The live object URLs, and how to stop counting. */
function countUrls(): {live: Map<string, Blob>; stop: () => void} {
  const live = new Map<string, Blob>();
  const {createObjectURL, revokeObjectURL} = URL;
  URL.createObjectURL = (blob: Blob) => {
    const url = createObjectURL.call(URL, blob);
    live.set(url, blob);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    live.delete(url);
    revokeObjectURL.call(URL, url);
  };
  return {live, stop: () => Object.assign(URL, {createObjectURL, revokeObjectURL})};
}

describe('received files', () => {
  const urls = countUrls();
  after(() => urls.stop());
  afterEach(remove);

  it('are saved by the person’s own click, under their name, and never run as a page', async () => {
    const element = await at('chat-empty');
    receive(note('page.html', '<script>alert(1)</script>', 'text/html'));
    await settled(element);
    const save = shadowOf(element).querySelector<HTMLAnchorElement>('a[download]');
    expect(save?.download).to.equal('page.html');
    expect(save?.getAttribute('aria-label')).to.equal('Save page.html');
    const saved = await (await fetch(save?.href ?? '')).blob();
    expect(saved.type).to.equal('application/octet-stream');
    expect(await saved.text()).to.equal('<script>alert(1)</script>');
  });

  it('their addresses go when they are not shown any more', async () => {
    const element = await at('chat-empty');
    const before = urls.live.size;
    receive(note('a.txt'), 'a');
    receive(note('b.txt'), 'b');
    await settled(element);
    await settled(element);
    expect(urls.live.size - before).to.equal(2);
    buttonOf(element, 'Close').click();
    await settled(element);
    expect(urls.live.size - before).to.equal(0);
    buttonOf(element, 'Chat').click();
    await settled(element);
    expect(urls.live.size - before).to.equal(2);
    element.remove();
    await until(() => urls.live.size === before, 'revoked');
  });

  it('pictures are drawn small, without an address of their own', async () => {
    const element = await at('chat-empty');
    const before = urls.live.size;
    receive(pictureFile('wide.png', 2000, 500));
    await until(() => all(element, 'canvas[data-drawn]').length === 1, 'drawn');
    const canvas = all(element, 'canvas')[0] as HTMLCanvasElement;
    expect([canvas.width, canvas.height]).to.deep.equal([640, 160]);
    expect(canvas.getAttribute('aria-label')).to.equal('Picture: wide.png');
    expect(canvas.getContext('2d')?.getImageData(320, 80, 1, 1).data[3]).to.equal(255);
    expect(all(element, 'img')).to.have.length(0);
    expect(urls.live.size - before).to.equal(1);
  });

  it('what only says that it is a picture has none', async () => {
    const element = await at('chat-empty');
    const files = [
      note('fake.png', 'no picture at all, whatever it says', 'image/png'),
      note('drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'),
      bomb(),
    ];
    // One after the other: only what is in sight is looked at.
    for (const [index, file] of files.entries()) {
      receive(file, `${index}`);
      await until(() => all(element, '[part=file]').length === index + 1, 'the file');
      await until(() => all(element, 'canvas').length === 0, 'no canvas');
    }
  });
});

/** A PNG whose header speaks of forty thousand megapixels. */
function bomb(): File {
  const bytes = new Uint8Array(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(bytes.buffer).setUint32(16, 200_000);
  new DataView(bytes.buffer).setUint32(20, 200_000);
  return new File([bytes], 'bomb.png', {type: 'image/png'});
}
