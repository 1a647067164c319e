/**
 * The packed package, as somebody who installs it gets it: what is in it, that every entry can be
 * imported, also where there is no browser, and that nothing in it points outside.
 */
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
import {homedir} from 'node:os';
import {dirname, join, posix} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {createContext, runInContext} from 'node:vm';
import {build} from 'esbuild';
import {ROOT, runTool} from '../../scripts/lib/project.mjs';
import {packPackage, runNode, type PackedPackage} from '../support/packed-package.js';

/** Entries of the package that are modules for Node and browsers alike. */
const MODULES = ['.', './define', './call', './server'];

/** What lit leaves on the global object: its versions, and in Node the shims that it renders with. */
const LIT_GLOBALS = /^(lit[A-Z]\w*|reactiveElementVersions|customElements)$/;

/** Kinds of resources that keep a process waiting: an import must not leave any. */
const WAITING = 'Timeout|Immediate|TCP|UDP|Worker|Message|Watch|Signal';

describe('the packed package', () => {
  let packed: PackedPackage;
  before(async () => {
    packed = await packPackage();
  });
  after(() => packed.remove());

  const read = (file: string): string => readFileSync(join(packed.folder, file), 'utf8');
  const specifierOf = (entry: string): string => posix.join(packed.manifest.name, entry);

  it('holds dist and what npm asks for, and nothing else', () => {
    const others = packed.files.filter((file) => !file.startsWith('dist/'));
    assert.deepEqual(others.toSorted(), ['LICENSE', 'README.md', 'package.json']);
    const odd = packed.files.filter((file) =>
      /tsbuildinfo|\.build|\.test\.|(?<!\.d)\.ts$/.test(file),
    );
    assert.deepEqual(odd, []);
  });

  it('has every file that package.json speaks of', () => {
    const {exports, bin, unpkg, jsdelivr, customElements, sideEffects} = packed.manifest;
    const targets = [
      ...Object.values(exports).flatMap((target) =>
        typeof target === 'string' ? [target] : Object.values(target),
      ),
      ...Object.values(bin),
      ...[unpkg, jsdelivr, customElements],
      ...sideEffects.filter((path) => !path.includes('*')),
    ].map((path) => posix.normalize(path));
    assert.deepEqual(
      targets.filter((path) => !packed.files.includes(path)),
      [],
    );
  });

  it('resolves every entry of its exports, and no path beside them', async () => {
    const entries = Object.keys(packed.manifest.exports)
      // Types only: there is nothing to import at run time.
      .filter((entry) => entry !== './jsx')
      .map(specifierOf);
    const script = `for (const entry of ${JSON.stringify(entries)}) import.meta.resolve(entry);
      try { import.meta.resolve('video-chat-room/dist/server/cli.js'); console.log('resolved'); }
      catch (error) { console.log(error.code); }`;
    const {stdout} = await runNode(packed, '--input-type=module', '--eval', script);
    assert.equal(stdout.trim(), 'ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  for (const entry of MODULES) {
    it(`importing ${entry} in bare Node does nothing and does not throw`, async () => {
      const script = `const before = Object.getOwnPropertyNames(globalThis).length;
        const module = await import('${posix.join('video-chat-room', entry)}');
        const added = Object.getOwnPropertyNames(globalThis).slice(before);
        const handles = process.getActiveResourcesInfo().filter((name) => /${WAITING}/.test(name));
        console.log(JSON.stringify({names: Object.keys(module), added, handles}));`;
      // It also ends by itself: a timer or a socket left open would run into the time limit.
      const {stdout, stderr} = await runNode(packed, '--input-type=module', '--eval', script);
      assert.equal(stderr, '');
      const {names, added = [], handles} = JSON.parse(stdout) as Record<string, string[]>;
      assert.deepEqual(handles, []);
      assert.deepEqual(
        added.filter((name) => !LIT_GLOBALS.test(name)),
        [],
      );
      assert.equal(names?.includes('default'), false);
      if (entry !== './define') assert.ok(names && names.length > 0, 'exports nothing');
    });
  }

  it('registers the element from a bundle that is a classic script', async () => {
    const {outputFiles} = await build({
      stdin: {contents: `import 'video-chat-room/define';`, resolveDir: packed.consumer},
      bundle: true,
      format: 'iife',
      write: false,
      // It says that there is no import.meta in such a script, which is the point.
      logLevel: 'error',
    });
    const tags: string[] = [];
    const customElements = {get: () => undefined, define: (tag: string) => tags.push(tag)};
    // What lit needs of a browser to begin with.
    const Stub = class {
      readonly isStub = true;
    };
    const browser = {
      ...{URL, customElements, HTMLElement: Stub, ShadowRoot: Stub, Document: Stub},
      CSSStyleSheet: Stub,
      document: {createComment: () => ({}), createTreeWalker: () => ({})},
    };
    const context = createContext(browser);
    runInContext('globalThis.window = globalThis', context);
    for (const {text} of outputFiles) runInContext(text, context);
    assert.deepEqual(tags, ['video-chat-room']);
  });

  it('exports the names that the documentation gives', async () => {
    const script = `import {CallSession} from 'video-chat-room/call';
      import {createRelayServer} from 'video-chat-room/server';
      import {VideoChatRoom} from 'video-chat-room';
      console.log([CallSession, createRelayServer, VideoChatRoom].map((value) => typeof value).join());`;
    const {stdout} = await runNode(packed, '--input-type=module', '--eval', script);
    assert.equal(stdout.trim(), 'function,function,function');
  });

  it('its command says its version', async () => {
    const [[name, path] = []] = Object.entries(packed.manifest.bin);
    assert.equal(name, 'video-chat-room');
    assert.ok(path);
    assert.match(read(path), /^#!\/usr\/bin\/env node\n/);
    const {stdout} = await runNode(packed, join(packed.folder, path), '--version');
    assert.equal(stdout.trim(), packed.manifest.version);
  });

  it('imports nothing that it does not depend on', () => {
    const declared = Object.keys(packed.manifest.dependencies);
    const offences = packed.files
      .filter((file) => /^dist\/(protocol|widget|server)\/.*\.(js|d\.ts)$/.test(file))
      .flatMap((file) =>
        [...read(file).matchAll(/^(?:import|export)\b[^'"`;]*?from\s+['"]([^'".][^'"]*)/gm)]
          .map(([, specifier = '']) => specifier)
          .filter((specifier) => !isBuiltin(specifier))
          .filter((specifier) => {
            const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
            return !declared.includes(name) && !declared.includes(`@types/${name}`);
          })
          .map((specifier) => `${file} imports ${specifier}`),
      );
    assert.deepEqual(offences, []);
  });

  it('its source maps are there, and lead to sources that they contain', () => {
    for (const file of packed.files.filter((name) => /\.(js|css)$/.test(name))) {
      const [, name] = /[#@] sourceMappingURL=(\S+)/.exec(read(file)) ?? [];
      if (name === undefined) continue;
      const path = posix.join(dirname(file), name);
      assert.ok(packed.files.includes(path), `${file} names ${path}, which is not there`);
      const map = JSON.parse(read(path)) as {sources: string[]; sourcesContent?: string[]};
      assert.equal(map.sourcesContent?.length, map.sources.length, `${path} has no sources`);
      for (const source of map.sources) assert.doesNotMatch(source, /^(\/|[A-Z]:|file:)/i, path);
    }
  });

  it('has no path of the machine that built it', () => {
    const offences = packed.files
      .filter((file) => !/\.(gz|br|png|jpe?g|webp|woff2)$/.test(file))
      .filter((file) => [ROOT, `${homedir()}/`].some((path) => read(file).includes(path)));
    assert.deepEqual(offences, []);
  });

  it('gives a strict TypeScript project its types', async () => {
    const imports = MODULES.map(
      (entry, index) => `import * as m${index} from '${specifierOf(entry)}';`,
    );
    const uses = MODULES.map((_, index) => `void m${index};`);
    writeFileSync(
      join(packed.consumer, 'page.ts'),
      [
        ...imports,
        `import type {} from '${specifierOf('./jsx')}';`,
        ...uses,
        `const element = document.querySelector('video-chat-room');`,
        `element?.addEventListener('status-changed', ({detail}) => detail.status satisfies string);`,
        `element?.removeEventListener('peer-joined', ({detail}) => detail.displayName satisfies string);`,
        `void element?.join('room') satisfies Promise<void> | undefined;`,
      ].join('\n'),
    );
    for (const moduleResolution of ['nodenext', 'bundler']) {
      const options = {
        module: moduleResolution === 'nodenext' ? 'nodenext' : 'esnext',
        moduleResolution,
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable'],
        types: ['node'],
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        // Ours are checked; so would be the dependencies' own, whose faults are not ours to mend.
        skipLibCheck: true,
      };
      const config = join(packed.consumer, 'tsconfig.json');
      writeFileSync(config, JSON.stringify({compilerOptions: options, files: ['page.ts']}));
      await runTool('typescript/bin/tsc', ['-p', config], {quiet: true});
    }
  });
});
