/**
 * What is written about the element by a program is what its source says today.
 */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {it} from 'node:test';
import {
  API_PAGE_PATH,
  MANIFEST_PATH,
  createApiPage,
  createManifest,
} from '../../scripts/api-docs.mjs';
import {ROOT} from '../../scripts/lib/project.mjs';

it('custom-elements.json and docs/API.md are fresh', async () => {
  const manifest = await createManifest();
  assert.equal(readFileSync(MANIFEST_PATH, 'utf8'), manifest, 'run npm run build');
  const page = await createApiPage(manifest);
  assert.equal(
    readFileSync(API_PAGE_PATH, 'utf8'),
    page,
    'run npm run build, and commit docs/API.md',
  );
});

it('docs/API.md tells of what each of the element’s classes has', () => {
  const page = readFileSync(API_PAGE_PATH, 'utf8');
  const all = ['`relay-url`', '`peers`', '`toggleCamera(force?)`', '`check(', '`send(', '`join('];
  assert.deepEqual(
    all.filter((name) => !page.includes(name)),
    [],
  );
});

it('the theming page has a control for every custom property, that begins where it is described', async () => {
  const {modules} = JSON.parse(await createManifest()) as {
    modules: {declarations?: {cssProperties?: {name: string; default?: string}[]}[]}[];
  };
  const [element] = modules.flatMap(({declarations}) => declarations ?? []);
  const described = element?.cssProperties?.map(({name, default: start}) => [name, start ?? null]);
  const {TOKENS} = (await import(join(ROOT, 'demo', 'theme-tokens.js'))) as {
    TOKENS: {name: string; start: string | null}[];
  };
  const offered = TOKENS.map(({name, start}) => [`--vcr-${name}`, start]);
  assert.deepEqual(Object.fromEntries(offered), Object.fromEntries(described ?? []));
});

it('every public member, event and part is described', async () => {
  const {modules} = JSON.parse(await createManifest()) as {
    modules: {declarations?: Record<string, {name: string; description?: string}[]>[]}[];
  };
  const [element] = modules.flatMap(({declarations}) => declarations ?? []);
  assert.ok(element);
  const undescribed = ['members', 'events', 'slots', 'cssParts', 'cssProperties'].flatMap((kind) =>
    (element[kind] ?? [])
      .filter(({description}) => !description)
      .map(({name}) => `${kind}: ${name}`),
  );
  assert.deepEqual(undescribed, []);
});
