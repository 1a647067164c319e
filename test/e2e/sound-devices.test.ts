/** Microphones and loudspeakers that are really there, plugged in and pulled out in a real call. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {
  BROWSER_NAMES,
  launchBrowser,
  skipWithout,
  type BrowserName,
  type RunningBrowser,
} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {startEmbedding, type Embedding} from '../support/embed.js';
import {skipWithoutSound, startSoundServer, type SoundServer} from '../support/sound-server.js';
import {Visitor} from '../support/visitor.js';

const skip = skipWithout('chromium', 'firefox') || skipWithoutSound();

describe('sound devices that come and go', {skip}, () => {
  const cleanups: (() => unknown)[] = [];
  let embedding: Embedding;
  let host: RunningBrowser;
  let rooms = 0;

  before(async () => {
    embedding = await startEmbedding({after: (step) => void cleanups.push(step as () => unknown)});
    host = await launchBrowser('chromium');
    cleanups.push(() => host.close());
  });

  after(async () => {
    for (const step of cleanups.reverse()) await step();
  });

  /** Ana, who only listens, and Ben in a browser with the sound server's devices. */
  async function inCall(
    browser: BrowserName,
    sound: SoundServer,
    use: (ben: Visitor, ana: Visitor) => Promise<void>,
  ): Promise<void> {
    const room = `sound-${++rooms}`;
    const ana = await Visitor.open(
      host,
      embedding.page({room, media: 'audio', 'auto-accept': true, 'no-microphone': true}),
    );
    await ana.press('Join');
    await ana.reaches('waiting');
    const running = await launchBrowser(browser, {
      fakeDevices: false,
      env: sound.env,
      prefs: {'media.cubeb.force_mock_context': false},
    });
    try {
      const ben = await Visitor.open(running, embedding.page({room, media: 'audio'}));
      await ben.press('Join');
      await ben.reaches('in-call');
      await use(ben, ana);
      assert.deepEqual(ben.pageErrors, []);
    } finally {
      await running.close();
      await ana.close();
    }
  }

  const select = (ben: Visitor, kind: MediaDeviceKind, label: string): Promise<void> =>
    ben.element(
      async (element, wantedKind, wantedLabel) => {
        const all = await navigator.mediaDevices.enumerateDevices();
        const found = all.find((each) => each.kind === wantedKind && each.label === wantedLabel);
        await element.selectDevice(wantedKind, found?.deviceId ?? `no ${wantedLabel}`);
      },
      kind,
      label,
    );

  /** In the panel beside the call, as a person does it. */
  async function chooseMicrophone(ben: Visitor, label: string): Promise<void> {
    await ben.press('Devices');
    await ben.sees('Loudspeaker');
    await poll(
      () =>
        ben.element(({shadowRoot}, wanted) => {
          const chooser = shadowRoot!.querySelector<HTMLSelectElement>('[data-kind=microphone]')!;
          const option = [...chooser.options].find(({text}) => text === wanted);
          if (!option) return false;
          chooser.value = option.value;
          chooser.dispatchEvent(new Event('change'));
          return true;
        }, label),
      {what: `${label} in the list of ${ben.browser}`},
    );
  }

  /** The bar in the panel. */
  async function showsLevel(ben: Visitor): Promise<void> {
    await poll(
      () =>
        ben.element(({shadowRoot}) => {
          const bar = shadowRoot!.querySelector<HTMLElement>('[data-level]')!;
          return Number(bar.style.getPropertyValue('--level')) > 0.2;
        }),
      {what: `the level of ${ben.browser}`},
    );
    await ben.press('Close');
  }

  /**
   * Plugs in or pulls out. Chromium hears of that from the kernel, which knows nothing of a sound
   * server's devices; and it finds out whenever somebody asks it which there are.
   */
  async function change(ben: Visitor, step: Promise<void>): Promise<void> {
    await step;
    await ben.element(async () => {
      await navigator.mediaDevices.enumerateDevices();
    });
  }

  async function captures(ben: Visitor, wanted: RegExp): Promise<void> {
    const seen = new Set<string>();
    await poll(
      async () => {
        const tracks = await ben.element((element) =>
          element.localStream!.getTracks().map(({label, readyState}) => `${label} ${readyState}`),
        );
        seen.add(tracks.join());
        return wanted.test(tracks.join());
      },
      {what: `${ben.browser} to capture ${String(wanted)}`},
    ).catch(async (error: unknown) => {
      const heard = JSON.stringify(await ben.heard());
      throw new Error(`${String(error)}; seen were ${[...seen].join('; ')}; heard was ${heard}`);
    });
  }

  async function hears(ana: Visitor, what: string): Promise<void> {
    const levels: number[] = [];
    await poll(
      async () => {
        const [flow] = Object.values(await ana.flow());
        levels.push(flow?.audioLevel ?? 0);
        return (flow?.audioLevel ?? 0) > 0.02;
      },
      {what},
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}; levels were ${levels.join()}`);
    });
  }

  for (const browser of BROWSER_NAMES) {
    it(`another microphone stands in for a headset until it is back, in ${browser}`, async (t) => {
      const sound = await startSoundServer(t);
      await sound.plugMicrophone('Desk', {isQuiet: true});
      await sound.plugMicrophone('Headset');
      await inCall(browser, sound, async (ben, ana) => {
        await chooseMicrophone(ben, 'Headset');
        await captures(ben, /^Headset live$/);
        await hears(ana, 'Ana to hear the headset');
        await showsLevel(ben);

        await change(ben, sound.unplug('Headset'));
        await captures(ben, /^(?!Headset).* live$/);
        await ben.sees('Headset is not connected any more. Now in use:');
        assert.equal(await ben.element((element) => element.microphoneEnabled), true);

        await change(ben, sound.plugMicrophone('Headset'));
        await captures(ben, /^Headset live$/);
        await ben.sees('In use again: Headset.');
        await hears(ana, 'Ana to hear the headset again');
        const changes = (await ben.heard('device-changed')).map(({detail}) => detail['reason']);
        assert.deepEqual(changes, ['chosen', 'lost', 'returned']);

        await ben.press('Turn microphone off');
        await ben.sees('You are muted.');
        await change(ben, sound.unplug('Headset'));
        await captures(ben, /^(?!Headset).* live$/);
        assert.equal(
          await ben.element((element) => element.localStream!.getAudioTracks()[0]!.enabled),
          false,
          'what stands in for a muted one is muted',
        );
        assert.equal(await ana.element((element) => element.peers[0]!.microphoneEnabled), false);
      });
    });

    it(`a chosen loudspeaker plays the others, and the default one while it is away, in ${browser}`, async (t) => {
      const sound = await startSoundServer(t);
      await sound.plugMicrophone('Desk', {isQuiet: true});
      await sound.plugLoudspeaker('Boxes');
      await inCall(browser, sound, async (ben) => {
        const sinkLabel = (): Promise<string> =>
          ben.element(async (element) => {
            const video = element.shadowRoot!.querySelector<HTMLVideoElement>('video[data-peer]')!;
            const all = await navigator.mediaDevices.enumerateDevices();
            if (video.sinkId === '') return 'default';
            return all.find(({deviceId}) => deviceId === video.sinkId)?.label ?? video.sinkId;
          });
        const plays = (label: string): Promise<unknown> =>
          poll(async () => (await sinkLabel()) === label, {what: `${browser} to play on ${label}`});
        await select(ben, 'audiooutput', 'Boxes');
        await plays('Boxes');
        await change(ben, sound.unplug('Boxes'));
        await ben.sees('Boxes is not connected any more. Now in use: the default device.');
        await plays('default');
        await change(ben, sound.plugLoudspeaker('Boxes'));
        await ben.sees('In use again: Boxes.');
        await plays('Boxes');
      });
    });
  }

  // Firefox takes what a loudspeaker plays for a microphone: it never has none.
  it('a microphone that is plugged in during a call is taken', async (t) => {
    const sound = await startSoundServer(t);
    await inCall('chromium', sound, async (ben, ana) => {
      assert.equal(await ben.element((element) => element.microphoneEnabled), false);
      await sound.plugMicrophone('Headset');
      await ben.sees('Now in use:');
      await hears(ana, 'Ana to hear it');
    });
  });
});
