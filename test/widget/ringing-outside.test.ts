/** What is seen and felt of a ring beyond the page: its title, a notification, vibration; and that all of it goes. */
import {expect} from 'chai';
import {Ringer} from '../../widget/ringing/ringer.js';
import {until} from '../support/calls.js';
import {RingingPage} from '../support/ringing-page.js';

const TEXT = 'Ana is calling you';

describe('a ring beyond the page', () => {
  let page: RingingPage;
  let ringer: Ringer;
  let count = 0;
  let titleBefore: string;
  beforeEach(() => {
    titleBefore = document.title;
    document.title = 'The page';
    page = new RingingPage();
    ringer = new Ringer();
  });
  afterEach(() => {
    ringer.dispose();
    page.restore();
    document.title = titleBefore;
  });

  /** Rings, and waits for its turn to be heard. */
  const ring = async (text = TEXT): Promise<string> => {
    const id = `outside-${String(++count)}`;
    ringer.ring({id, kind: 'incoming', text});
    await until(() => page.playing.length > 0, 'the ring to begin');
    return id;
  };
  const titled = (title: string): Promise<void> =>
    until(() => document.title === title, `the title "${title}", still "${document.title}"`);

  describe('in the title', () => {
    it('alternates with the page’s own while the page is hidden', async () => {
      page.isHidden = true;
      const id = await ring();
      expect(document.title).to.equal(TEXT);
      await titled('The page');
      await titled(TEXT);
      ringer.stop(id);
      expect(document.title).to.equal('The page');
    });

    it('is not there while the page is seen', async () => {
      const id = await ring();
      expect(document.title).to.equal('The page');
      page.isHidden = true;
      expect(document.title).to.equal(TEXT);
      page.isHidden = false;
      expect(document.title).to.equal('The page');
      ringer.stop(id);
      page.isHidden = true;
      expect(document.title).to.equal('The page');
    });

    it('keeps what the page sets meanwhile, whoever is shown at that moment', async () => {
      page.isHidden = true;
      const id = await ring();
      document.title = 'Set over ours';
      await titled(TEXT);
      await titled('Set over ours');
      document.title = 'Set over its own';
      await titled(TEXT);
      await titled('Set over its own');
      await titled(TEXT);
      document.title = 'Set at the end';
      ringer.stop(id);
      expect(document.title).to.equal('Set at the end');
    });

    it('is shared by all that ring on the page', async () => {
      page.isHidden = true;
      const first = await ring();
      const other = new Ringer();
      other.ring({id: 'another', kind: 'incoming', text: 'Ben is calling you'});
      expect(document.title).to.equal(TEXT);
      ringer.stop(first);
      await titled('Ben is calling you');
      other.dispose();
      expect(document.title).to.equal('The page');
    });

    it('may have blanks around it', async () => {
      page.isHidden = true;
      const id = await ring(`  ${TEXT}  `);
      await titled('The page');
      await titled(TEXT);
      ringer.stop(id);
      expect(document.title).to.equal('The page');
    });

    it('says nothing of a call that one makes oneself', () => {
      page.isHidden = true;
      ringer.ring({id: 'mine', kind: 'ring-back', text: TEXT});
      expect(document.title).to.equal('The page');
      expect(page.notifications).to.have.length(0);
      expect(page.vibrations).to.have.length(0);
    });
  });

  describe('in a notification', () => {
    it('is there while the page is hidden, named after the invitation', async () => {
      page.isHidden = true;
      const id = await ring();
      const [notification] = page.openNotifications;
      expect(notification?.title).to.equal(TEXT);
      expect(notification?.options).to.include({tag: id, requireInteraction: true});
      ringer.stop(id);
      expect(page.openNotifications).to.have.length(0);
    });

    it('goes when the page is seen, and comes when it is not', async () => {
      const id = await ring();
      expect(page.notifications).to.have.length(0);
      page.isHidden = true;
      expect(page.openNotifications).to.have.length(1);
      page.isHidden = false;
      expect(page.openNotifications).to.have.length(0);
      page.isHidden = true;
      ringer.stop(id);
      page.isHidden = false;
      page.isHidden = true;
      expect(page.openNotifications).to.have.length(0);
    });

    it('brings the page to the front when it is pressed', async () => {
      page.isHidden = true;
      await ring();
      const {focus} = window;
      let hasFocused = false;
      window.focus = () => {
        hasFocused = true;
      };
      page.openNotifications[0]!.dispatchEvent(new Event('click'));
      window.focus = focus;
      expect(hasFocused).to.equal(true);
      expect(page.openNotifications).to.have.length(0);
    });

    it('chimes only if the page itself cannot', async () => {
      page.isHidden = true;
      ringer.stop(await ring());
      page.wasTouched = false;
      ringer.stop(await ring());
      expect(page.notifications.map(({options}) => options.silent)).to.deep.equal([true, false]);
    });

    for (const permission of ['default', 'denied'] as const) {
      it(`is not shown, nor asked for, with the permission "${permission}"`, async () => {
        page.permission = permission;
        page.isHidden = true;
        await ring();
        expect(page.notifications).to.have.length(0);
      });
    }

    it('is done without where it throws, and where there is none', async () => {
      page.notificationError = new TypeError('Illegal constructor');
      page.isHidden = true;
      ringer.stop(await ring());
      page.without(window, 'Notification');
      ringer.stop(await ring());
      expect(page.notifications).to.have.length(0);
    });
  });

  describe('in vibration', () => {
    it('lasts as long as the ring, in one request that every browser takes whole', async () => {
      const id = await ring();
      const [pattern] = page.vibrations as number[][];
      expect(pattern).to.have.length.within(1, 99);
      expect(pattern!.reduce((sum, each) => sum + each, 0)).to.be.at.least(60_000);
      ringer.stop(id);
      expect(page.vibrations.slice(1)).to.deep.equal([0]);
    });

    it('waits until the page has been touched, and does not begin anew at every touch', async () => {
      page.wasTouched = false;
      await ring();
      expect(page.vibrations).to.have.length(0);
      page.touch();
      page.touch();
      expect(page.vibrations).to.have.length(1);
    });

    it('begins again when the page is seen again, for the browser has ended it', async () => {
      page.isHidden = true;
      await ring();
      expect(page.vibrations).to.have.length(0);
      page.isHidden = false;
      page.isHidden = true;
      page.isHidden = false;
      expect(page.vibrations).to.have.length(2);
    });

    it('is mute with the tone; title and notification stay', async () => {
      page.isHidden = true;
      const id = await ring();
      ringer.isMuted = true;
      page.isHidden = false;
      expect(page.vibrations).to.have.length(0);
      page.isHidden = true;
      expect(document.title).to.equal(TEXT);
      expect(page.openNotifications.map(({options}) => options.silent)).to.deep.equal([true]);
      ringer.stop(id);
    });

    it('is done without where there is none', async () => {
      page.without(navigator, 'vibrate');
      ringer.stop(await ring());
      expect(page.vibrations).to.have.length(0);
    });
  });
});
