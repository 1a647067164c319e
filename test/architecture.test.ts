/**
 * The rules of the code base that no compiler checks: who may import whom, how long a file may be,
 * and what must not be in the sources. It reads the files as text.
 */
import assert from 'node:assert/strict';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MAX_LINES = 300;
/** A language is one table, in the order of the English texts. */
const isTable = (path: string): boolean => path.startsWith('widget/strings/locales/');

/** What each folder may import, apart from packages; the first matching prefix decides. */
const LAYERS: readonly (readonly [folder: string, mayImport: readonly string[]])[] = [
  ['protocol/', ['protocol/']],
  ['widget/call/', ['widget/call/', 'protocol/']],
  ['widget/', ['widget/', 'protocol/']],
  ['server/relay/', ['server/relay/', 'protocol/']],
  ['server/', ['server/', 'protocol/']],
];

/** Packages that one file alone knows, so that they can be replaced by changing that file. */
const SOLE_IMPORTERS: Readonly<Record<string, string>> = {
  'socket.io': 'server/socket-io.ts',
  'socket.io-client': 'widget/call/socket-io-signaling.ts',
};

/** Packages (or Node's modules) that a layer must not know. */
const FORBIDDEN_PACKAGES: Readonly<Record<string, RegExp>> = {
  'protocol/': /^(?!valibot$)/,
  'widget/call/': /^(lit|@lit\/.*|node:.*)$/,
  'widget/': /^node:/,
  'server/relay/': /^(koa.*|socket\.io.*|node:(http|https|http2|net|tls|dgram))$/,
  'server/': /^(lit|socket\.io-client)$/,
};

interface Source {
  readonly path: string;
  readonly text: string;
  /** Import and export specifiers, types included. */
  readonly specifiers: readonly string[];
}

function readSources(...folders: readonly string[]): Source[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), {recursive: true, withFileTypes: true})
        .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
    )
    .map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      const found = text.matchAll(
        /^(?:import|export)\b[^'"`;]*?from\s+['"]([^'"]+)|^import\s+['"]([^'"]+)|\bimport\(\s*['"]([^'"]+)/gm,
      );
      const specifiers = [...found].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
      return {path, text, specifiers};
    });
}

const shipped = readSources('protocol', 'widget', 'server');
const everything = [...shipped, ...readSources('test', 'bench', 'scripts')];
/** This file says what it looks for, so it would find itself. */
const judged = everything.filter(({path}) => path !== 'test/architecture.test.ts');

/** Source text without comments and strings, for rules about code. Line numbers are not kept. */
function codeOf(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?\*\/|(?<![:\\])\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g,
    '',
  );
}

/** Fails with the whole list, so that one run shows everything there is to mend. */
function assertNone(offences: readonly string[], rule: string): void {
  assert.equal(offences.length, 0, `${rule}\n  ${offences.join('\n  ')}`);
}

describe('the architecture', () => {
  it('reads the import specifiers that it judges', () => {
    const count = shipped.flatMap(({specifiers}) => specifiers).length;
    assert.ok(count > 10, `found only ${count} imports: the reading is broken`);
  });

  it('imports go up the layers only', () => {
    const offences = shipped.flatMap(({path, specifiers}) => {
      const allowed = LAYERS.find(([folder]) => path.startsWith(folder))?.[1] ?? [];
      return specifiers
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => relative(ROOT, resolve(ROOT, dirname(path), specifier)))
        .filter((target) => !allowed.some((folder) => target.startsWith(folder)))
        .map((target) => `${path} imports ${target}`);
    });
    assertNone(offences, 'A layer may import itself and what is below it.');
  });

  it('a layer knows only the packages that it should', () => {
    const offences = shipped.flatMap(({path, specifiers}) =>
      Object.entries(FORBIDDEN_PACKAGES)
        .filter(([folder]) => path.startsWith(folder))
        .flatMap(([, forbidden]) =>
          specifiers.filter((name) => !name.startsWith('.') && forbidden.test(name)),
        )
        .map((name) => `${path} imports ${name}`),
    );
    assertNone(offences, 'This package does not belong in this layer.');
  });

  it('one file knows Socket.IO on each side', () => {
    const offences = shipped.flatMap(({path, specifiers}) =>
      specifiers
        .filter((name) => (SOLE_IMPORTERS[name] ?? path) !== path)
        .map((name) => `${path} imports ${name}`),
    );
    assertNone(offences, 'Only one file may import this.');
  });

  it('relative imports name a file that is there, as the browser will ask for it', () => {
    const offences = shipped.flatMap(({path, specifiers}) =>
      specifiers
        .filter((specifier) => specifier.startsWith('.'))
        .filter((specifier) => {
          const target = resolve(ROOT, dirname(path), specifier);
          return !specifier.endsWith('.js') || !existsSync(target.replace(/\.js$/, '.ts'));
        })
        .map((specifier) => `${path} imports ${specifier}`),
    );
    assertNone(offences, 'An import ends in .js and its .ts exists.');
  });

  it('there are no barrels: only the entries re-export', () => {
    const ENTRIES = ['widget/index.ts', 'widget/call.ts', 'widget/engine.ts', 'server/server.ts'];
    const offences = shipped
      .filter(({path}) => !ENTRIES.includes(path))
      .filter(({text}) => /^export\s+\*/m.test(text) || isOnlyReexports(text))
      .map(({path}) => path);
    assertNone(offences, 'Import from the file that has it.');
  });

  it('files are short, and open by saying what they are for', () => {
    const offences = everything.flatMap(({path, text}) => {
      const lines = text.trimEnd().split('\n').length;
      return [
        ...(lines > MAX_LINES && !isTable(path) ? [`${path} has ${lines} lines`] : []),
        ...(/^(#!.*\n)?\/\*\*(?: |\n \* )\S/.test(text) ? [] : [`${path} has no header`]),
      ];
    });
    assertNone(offences, `At most ${MAX_LINES} lines, and a header of a few.`);
  });

  it('names follow one form', () => {
    const offences = everything
      .filter(({path}) => !/^[a-z0-9/-]+(\.(test|styles|d))?\.(ts|mjs)$/.test(path))
      .map(({path}) => path);
    assertNone(offences, 'Files are named in kebab-case.');
  });

  it('types are never given up', () => {
    const offences = judged
      .filter(
        ({path, text}) => path.endsWith('.ts') && /[:<,|&(\s]any\b(?!\s*[(:.])/.test(codeOf(text)),
      )
      .map(({path}) => `${path} says any`)
      .concat(
        judged
          .filter(({text}) => /@ts-(nocheck|(ignore|expect-error)(?!:? \w+ \w+))/.test(text))
          .map(({path}) => `${path} silences the compiler without a reason`),
      );
    assertNone(offences, 'Use unknown and narrow it.');
  });

  it('nothing is exported by default, and no enum or namespace is declared', () => {
    const offences = judged
      .filter(({path}) => path.endsWith('.ts'))
      .filter(({text}) =>
        /^(export default|(export )?(const )?enum|(export )?namespace)\b/m.test(codeOf(text)),
      )
      .map(({path}) => path);
    assertNone(offences, 'Named exports; unions of strings.');
  });

  it('every test runs', () => {
    const offences = judged
      .filter(({path}) => path.startsWith('test/'))
      .filter(({text}) =>
        /\b(it|describe|test|suite)\.(only|skip|todo)\b|\b(only|todo):\s*true/.test(codeOf(text)),
      )
      .map(({path}) => path);
    assertNone(
      offences,
      'No test is singled out, and none is left out without a reason at run time.',
    );
  });

  it('the sources show no registry and no machine', () => {
    const offences = judged
      .filter(({text}) =>
        /registry\.npm|_authToken|\/home\/[a-z]+\/|\/Users\/[a-z]+\//i.test(codeOf(text)),
      )
      .map(({path}) => path);
    assertNone(offences, 'No address of a registry, no path of a machine.');
  });
});

/** Whether a file has exports and every one of its statements passes something on. */
function isOnlyReexports(text: string): boolean {
  const statements = codeOf(text)
    .split(';')
    .map((statement) => statement.trim())
    .filter(Boolean);
  return (
    statements.length > 0 &&
    statements.every((statement) => /^export\s+(type\s+)?\{[^}]*\}\s*from$/.test(statement))
  );
}
