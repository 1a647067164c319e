#!/usr/bin/env node
/**
 * The command `video-chat-room`: reads options, starts the relay, says where it is, and ends it
 * cleanly. The only file of the server that does something when it is loaded.
 */
import {readFileSync} from 'node:fs';
import {pino} from 'pino';
import {flagOf, helpText, readCommand} from './config.js';
import {createLogger} from './logger.js';
import {OptionError, type RelayOptionValues} from './options.js';
import {createRelayServer, type Listening, type RelayServer} from './server.js';

/** What service managers and shells know as "wrong usage". */
const EXIT_USAGE = 2;

/** Said and kept: whoever stops us waits 10 s before it stops us by force. */
const STOP_DEADLINE_MS = 9_000;

/** One Ctrl-C under npm may arrive twice: from the terminal, and passed on by npm. */
const ECHO_MS = 500;

function version(): string {
  const path = import.meta.url.endsWith('.ts') ? '../package.json' : '../../package.json';
  const manifest: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  return String((manifest as {version?: unknown}).version);
}

function announce({url, networkUrls}: Listening, {https, cert}: RelayOptionValues): void {
  const lines = ['', '  video-chat-room relay', '', `  Local:    ${url}`];
  for (const each of networkUrls) lines.push(`  Network:  ${each}`);
  if (!https && networkUrls.length > 0) {
    lines.push('', '  Other devices get no camera over http: start with --https for them.');
  } else if (https && cert === undefined) {
    lines.push('', '  The certificate is self-signed: browsers ask once whether to go on.');
  }
  lines.push('', '  Ctrl-C ends it.', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Why it could not listen, for the person who started it. */
function inWords(error: unknown, {port, host}: RelayOptionValues): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Choose one with --port, or --port 0 for a free one.`;
    case 'EACCES':
      return `Port ${port} may not be used by this user. Choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host ?? ''}. Leave --host out to listen on all of them.`;
    default:
      return `The relay could not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function stopOnSignals(relay: RelayServer): void {
  let stoppingSince: number | undefined;
  const stop = () => {
    if (stoppingSince !== undefined) {
      // Whoever asks twice means now.
      if (performance.now() - stoppingSince > ECHO_MS) process.exit(130);
      return;
    }
    stoppingSince = performance.now();
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, STOP_DEADLINE_MS));
    Promise.race([relay.close(), deadline]).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The relay did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function run(options: RelayOptionValues): Promise<void> {
  // What a person reads goes to standard output, what a program reads to standard error.
  const logger = createLogger(options.logLevel, pino.destination(2));
  const relay = createRelayServer({...options, logger});
  stopOnSignals(relay);
  try {
    announce(await relay.listen(), options);
  } catch (error) {
    if (error instanceof OptionError) throw error;
    process.stderr.write(`${inWords(error, options)}\n`);
    process.exitCode = 1;
  }
}

try {
  const command = readCommand(process.argv.slice(2), process.env, process.stdout.isTTY);
  if (command.kind === 'help') process.stdout.write(helpText());
  else if (command.kind === 'version') process.stdout.write(`${version()}\n`);
  else await run(command.options);
} catch (error) {
  if (!(error instanceof OptionError)) throw error;
  process.stderr.write(`${error.named(flagOf).message}\nTry --help.\n`);
  process.exitCode = EXIT_USAGE;
}
