/** Options: from the command line, the environment and programs; each wrong one refused in a sentence. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {helpText, readCommand} from '../../server/config.js';
import {completeOptions} from '../../server/option-checks.js';
import {OPTION_KEYS, OptionError, OPTIONS} from '../../server/options.js';
import {createRelayServer} from '../../server/server.js';

const SECRET = '0123456789012345678901234567890123';
const OTHER_SECRET = 'abcdefghijklmnopqrstuvwxyzabcdef';

type Environment = Record<string, string>;

function options(args: string, environment: Environment = {}) {
  const command = readCommand(args === '' ? [] : args.split(' '), environment);
  assert(command.kind === 'run', command.kind);
  return command.options;
}

test('the defaults are those of the contract', () => {
  assert.deepEqual(options(''), {
    port: 3000,
    host: undefined,
    https: false,
    cert: undefined,
    key: undefined,
    basePath: '/',
    maxPeers: 8,
    stunUrl: ['stun:stun.l.google.com:19302'],
    turnUrl: [],
    turnSecret: undefined,
    turnTtl: 3600,
    seatGrace: 30,
    demo: true,
    logLevel: 'info',
    resumeSecret: undefined,
    tokenSecret: undefined,
    jwksUrl: undefined,
    tokenIssuer: undefined,
    tokenAudience: undefined,
    requireToken: false,
  });
});

test('every option can be given, with a space or an equals sign', () => {
  const given = options(
    '--port=0 --host 127.0.0.1 --cert c.pem --key k.pem --base-path /x --max-peers 4 ' +
      '--stun-url stun:a --stun-url stuns:b:5349 --turn-url turn:t:3478?transport=tcp ' +
      '--turn-url=turns:[::1]:443 --turn-secret s --turn-ttl 60 --seat-grace 0.5 --no-demo ' +
      `--log-level debug --resume-secret ${SECRET} --token-secret=${OTHER_SECRET} ` +
      '--token-issuer https://id.example/ --token-audience calls --require-token',
  );
  assert.deepEqual(given, {
    port: 0,
    host: '127.0.0.1',
    https: true,
    cert: 'c.pem',
    key: 'k.pem',
    basePath: '/x/',
    maxPeers: 4,
    stunUrl: ['stun:a', 'stuns:b:5349'],
    turnUrl: ['turn:t:3478?transport=tcp', 'turns:[::1]:443'],
    turnSecret: 's',
    turnTtl: 60,
    seatGrace: 0.5,
    demo: false,
    logLevel: 'debug',
    resumeSecret: SECRET,
    tokenSecret: OTHER_SECRET,
    jwksUrl: undefined,
    tokenIssuer: 'https://id.example/',
    tokenAudience: 'calls',
    requireToken: true,
  });
  const {jwksUrl} = options('--jwks-url https://id.example/keys.json');
  assert.equal(jwksUrl, 'https://id.example/keys.json');
});

test('the environment is read too, the command line wins, and what is empty is not given', () => {
  const environment = {
    VCR_PORT: '4000',
    VCR_HTTPS: 'true',
    VCR_NO_DEMO: '1',
    VCR_TURN_URL: 'turn:a, turn:b',
    VCR_TURN_SECRET: 's',
    VCR_MAX_PEERS: '',
  };
  const given = options('--port 5000', environment);
  assert.equal(given.port, 5000);
  assert.equal(given.https, true);
  assert.equal(given.demo, false);
  assert.deepEqual(given.turnUrl, ['turn:a', 'turn:b']);
  assert.equal(given.maxPeers, 8);
  assert.equal(options('', {VCR_NO_DEMO: '0'}).demo, true);
  const tokens = {VCR_TOKEN_SECRET: SECRET, VCR_REQUIRE_TOKEN: '1'};
  assert.equal(options('', tokens).tokenSecret, SECRET);
  assert.equal(options('', tokens).requireToken, true);
  assert.equal(options('', {VCR_HTTPS: ''}).https, false);
});

test('no third party, if that is wished', () => {
  assert.deepEqual(options('--stun-url none').stunUrl, []);
  assert.deepEqual(options('', {VCR_STUN_URL: 'none'}).stunUrl, []);
});

const WRONG: [string, RegExp, Environment?][] = [
  ['--prot 1', /no option --prot/],
  ['--turn turn:x', /no option --turn\. Did you mean --turn-url\?/],
  ['-p 1', /no option -p/],
  ['3000', /"3000" is not an option/],
  ['--port', /--port needs a value/],
  ['--port=', /--port needs a value/],
  ['--port --https', /--port needs a value/],
  ['--port 1 --port 2', /--port is given more than once/],
  ['--port 65536', /--port must be a port, a whole number from 0 to 65535, not "65536"/],
  ['--port -1', /--port must be a port/],
  ['--port 80.5', /--port must be a port/],
  ['--port 0x50', /--port must be a port/],
  ['--port abc', /not "abc"/],
  ['', /VCR_PORT must be a port/, {VCR_PORT: 'abc'}],
  ['--host http://x', /--host must be a host name or an address/],
  ['--https=yes', /--https takes no value/],
  ['', /VCR_HTTPS is on or off/, {VCR_HTTPS: 'maybe'}],
  ['--cert c.pem', /--cert needs --key/],
  ['--key k.pem', /--key needs --cert/],
  ['--base-path calls', /--base-path must be a path such as \/calls\//],
  ['--base-path /a/../b', /--base-path must be a path/],
  ['--base-path /a?b', /--base-path must be a path/],
  ['--max-peers 1', /--max-peers must be a number of people, a whole number from 2 to 32/],
  ['--max-peers 33', /--max-peers/],
  ['--stun-url http://x', /--stun-url must be of the form stun:host:port or stuns:host:port/],
  ['--stun-url stun:x:99999', /--stun-url must be/],
  ['--stun-url none --stun-url stun:x', /--stun-url is "none" or servers, not both/],
  ['--turn-url stun:x --turn-secret s', /--turn-url must be of the form turn:host:port/],
  ['--turn-url turn:x?transport=sctp --turn-secret s', /--turn-url must be/],
  ['--turn-url turn:x', /--turn-url needs --turn-secret/],
  ['--turn-secret s', /--turn-secret needs --turn-url/],
  ['--turn-ttl 10', /--turn-ttl must be a time in seconds, a whole number from 60 to/],
  ['--seat-grace -1', /--seat-grace must be a time in seconds, a number from 0 to 3600/],
  ['--seat-grace Infinity', /--seat-grace/],
  ['--log-level loud', /--log-level must be one of fatal, error/],
  ['--resume-secret short', /--resume-secret must be a secret of at least 32 characters/],
  ['--token-secret short', /--token-secret must be a secret of at least 32 characters/],
  [
    `--token-secret ${SECRET} --resume-secret ${SECRET}`,
    /--token-secret must differ from --resume-secret/,
  ],
  [`--token-secret ${SECRET} --jwks-url https://x/`, /by --token-secret or --jwks-url, not both/],
  ['--jwks-url keys.json', /--jwks-url must be an address such as https:/],
  ['--jwks-url file:///etc/keys.json', /--jwks-url must be an address/],
  ['--jwks-url https://me:word@x/keys.json', /--jwks-url must be an address such as \S+\.json\.$/],
  ['', /VCR_JWKS_URL must be an address/, {VCR_JWKS_URL: 'x'}],
  ['--require-token', /--require-token needs --token-secret or --jwks-url: /],
  ['--token-issuer me', /--token-issuer needs --token-secret or --jwks-url: /],
  ['--token-audience me', /--token-audience needs --token-secret or --jwks-url: /],
];

for (const [args, sentence, environment] of WRONG) {
  test(`refused: ${args || JSON.stringify(environment)}`, () => {
    assert.throws(
      () => options(args, environment),
      (error) => {
        assert(error instanceof OptionError, `an OptionError, not ${String(error)}`);
        assert.match(error.message, sentence);
        assert.match(error.message, /\.$|\?$/, 'a whole sentence');
        return true;
      },
    );
  });
}

test('programs give the same options by their names, checked the same way', () => {
  assert.equal(completeOptions({port: 0, demo: false}).demo, false);
  assert.deepEqual(completeOptions({stunUrl: []}).stunUrl, []);
  assert.throws(() => completeOptions({port: -1}), /port must be a port/);
  assert.throws(() => completeOptions({port: NaN}), /port must be a port/);
  assert.throws(() => completeOptions({turnUrl: ['turn:x']}), /: turnUrl needs turnSecret: /);
  assert.throws(() => completeOptions({requireToken: true}), /^OptionError: requireToken needs /);
});

test('a person at a terminal is spared the log of what goes well, unless it is asked for', () => {
  const levelOf = (args: string[], environment: Environment, isTerminal: boolean) => {
    const command = readCommand(args, environment, isTerminal);
    assert(command.kind === 'run', command.kind);
    return command.options.logLevel;
  };
  assert.equal(levelOf([], {}, true), 'warn');
  assert.equal(levelOf([], {}, false), 'info');
  assert.equal(levelOf(['--log-level', 'info'], {}, true), 'info');
  assert.equal(levelOf([], {VCR_LOG_LEVEL: 'debug'}, true), 'debug');
});

test('names of options that do not exist are refused, and the right one is hinted at', () => {
  const misspelt: [object, RegExp][] = [
    [{prot: 1}, /^There is no option prot\.$/],
    [{baseURL: '/x'}, /^There is no option baseURL\.$/],
    [{basepath: '/x'}, /^There is no option basepath\. Did you mean basePath\?$/],
    [{turn: []}, /Did you mean turnUrl\?$/],
    [{'max-peers': 3}, /no option max-peers/],
  ];
  for (const [given, sentence] of misspelt) {
    assert.throws(
      () => createRelayServer(given),
      (error) => {
        assert(error instanceof OptionError, `an OptionError, not ${String(error)}`);
        assert.match(error.message, sentence);
        return true;
      },
    );
  }
});

test('help and version are asked for, whatever else is said', () => {
  assert.equal(readCommand(['--port', '1', '--help'], {VCR_PORT: 'wrong'}).kind, 'help');
  assert.equal(readCommand(['--version'], {}).kind, 'version');
});

test('the help text names every option, in lines that fit a terminal', () => {
  const help = helpText();
  for (const key of OPTION_KEYS) assert.match(help, new RegExp(`--${OPTIONS[key].flag}\\b`));
  for (const line of help.split('\n')) assert(line.length <= 100, `too long: ${line}`);
});

test('docs/RELAY.md has a row for every option, by both its names', () => {
  const page = readFileSync(new URL('../../docs/RELAY.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `--'));
  for (const key of OPTION_KEYS) {
    const row = rows.find((line) => line.includes(`\`--${OPTIONS[key].flag}\``));
    assert.match(row ?? '', new RegExp(`\`${key}[:\`]`), key);
  }
});
