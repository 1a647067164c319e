/**
 * Real sound devices for real browsers, on a machine that has none: a PulseAudio of the test's own,
 * in which microphones and loudspeakers are plugged in and pulled out, and somebody speaks. Nothing
 * of the machine's own sound is touched.
 */
import {execFile, spawn, type ChildProcess} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {findOnPath} from '../../scripts/lib/browsers.mjs';
import {poll} from './e2e.js';
import type {Teardown} from './relay.js';

const run = promisify(execFile);

/** A test's option `skip`: why there is no sound server, or `false`. */
export function skipWithoutSound(): string | false {
  return findOnPath('pulseaudio') && findOnPath('pactl') ? false : 'PulseAudio not installed';
}

export interface SoundServer {
  /** For a browser that is to hear and play through it. */
  readonly env: Readonly<Record<string, string>>;
  /** A name has no spaces. It hears somebody who speaks, unless `isQuiet`. */
  plugMicrophone(name: string, options?: {isQuiet?: boolean}): Promise<void>;
  plugLoudspeaker(name: string): Promise<void>;
  unplug(name: string): Promise<void>;
}

const RATE = 16_000;
const SPEECH_SECONDS = 90;

export async function startSoundServer(t: Teardown): Promise<SoundServer> {
  const folder = mkdtempSync(join(tmpdir(), 'vcr-sound-'));
  const address = `unix:${join(folder, 'native')}`;
  // Its cookie and its state stay in the folder.
  const own = {HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder};
  const env = {...process.env, ...own, PULSE_SERVER: address};
  const speech = join(folder, 'speech.raw');
  writeFileSync(speech, speechLikeNoise());
  const server = spawn(
    'pulseaudio',
    [
      '-n',
      '--daemonize=no',
      '--use-pid-file=no',
      '--exit-idle-time=-1',
      '-L',
      `module-native-protocol-unix socket=${join(folder, 'native')} auth-anonymous=1`,
      '-L',
      'module-null-sink sink_name=first sink_properties=device.description=First',
    ],
    {env: {...process.env, ...own}, stdio: 'ignore'},
  );
  const speakers = new Map<string, ChildProcess>();
  const modules = new Map<string, string[]>();
  t.after(async () => {
    for (const speaker of speakers.values()) speaker.kill('SIGKILL');
    const ended = new Promise((resolve) => server.once('close', resolve));
    server.kill('SIGKILL');
    await ended;
    rmSync(folder, {recursive: true, force: true});
  });
  const control = async (...command: string[]): Promise<string> =>
    (await run('pactl', command, {env})).stdout.trim();
  await poll(() => control('info'), {what: 'the sound server'});

  async function plugSink(name: string, sink: string): Promise<void> {
    const properties = `sink_properties=device.description=${name}`;
    const module = await control(
      'load-module',
      'module-null-sink',
      `sink_name=${sink}`,
      properties,
    );
    modules.set(name, [module]);
  }

  return {
    env: {PULSE_SERVER: address},
    plugLoudspeaker: (name) => plugSink(name, `sink-${name}`),
    async plugMicrophone(name, {isQuiet = false} = {}) {
      const room = `room-${name}`;
      await plugSink(name, room);
      const module = await control(
        'load-module',
        'module-remap-source',
        `source_name=source-${name}`,
        `master=${room}.monitor`,
        `source_properties=device.description=${name}`,
      );
      modules.get(name)?.unshift(module);
      // Whichever came first is what browsers take unasked.
      if (modules.size === 1) await control('set-default-source', `source-${name}`);
      await control('set-default-sink', 'first');
      if (isQuiet) return;
      const format = ['--raw', '--format=s16le', `--rate=${RATE}`, '--channels=1'];
      const speaker = spawn('pacat', [`--device=${room}`, ...format, speech], {
        env,
        stdio: 'ignore',
      });
      speakers.set(name, speaker);
    },
    async unplug(name) {
      speakers.get(name)?.kill('SIGKILL');
      speakers.delete(name);
      for (const module of modules.get(name) ?? []) await control('unload-module', module);
      modules.delete(name);
    },
  };
}

/** Voiced syllables, four a second, at a pitch that moves: what noise suppression lets through. */
function speechLikeNoise(): Buffer {
  const samples = new Int16Array(RATE * SPEECH_SECONDS);
  let phase = 0;
  for (let i = 0; i < samples.length; i++) {
    const seconds = i / RATE;
    phase += (130 + 40 * Math.sin(2 * Math.PI * 0.7 * seconds)) / RATE;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * seconds)) ** 0.5;
    let sample = 0;
    for (let harmonic = 1; harmonic <= 12; harmonic++) {
      sample += Math.sin(2 * Math.PI * harmonic * phase) / harmonic;
    }
    samples[i] = sample * syllable * 12_000;
  }
  return Buffer.from(samples.buffer);
}
