/**
 * The tree of dependencies: it installs from any registry, on the oldest Node that we support,
 * with no warning.
 */
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {MINIMUM_NODE} from '../../scripts/lib/dependencies.mjs';
import {ROOT} from '../../scripts/lib/project.mjs';

describe('the dependencies', () => {
  interface LockedPackage {
    readonly resolved?: string;
    readonly engines?: Readonly<Record<string, string>> | readonly string[];
    readonly optional?: boolean;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
  }
  const lockText = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  const {packages} = JSON.parse(lockText) as {packages: Record<string, LockedPackage>};
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    engines: {node: string};
    dependencies: Record<string, string>;
  };

  it('the lock file names no address to download from', () => {
    const offences = Object.entries(packages)
      .filter(([, {resolved}]) => resolved !== undefined)
      .map(([path]) => path);
    assert.deepEqual(offences, [], 'Keep omit-lockfile-registry-resolved=true in .npmrc.');
    assert.doesNotMatch(lockText, /https?:\/\/[^"]*\.tgz/);
  });

  it('the lock file has the builds for every system, and npm ci can use it anywhere', () => {
    const offences = Object.entries(packages).flatMap(([path, {optionalDependencies = {}}]) =>
      Object.keys(optionalDependencies)
        .filter(
          (name) =>
            ![`${path}/node_modules/${name}`, `node_modules/${name}`].some(
              (key) => key in packages,
            ),
        )
        .map((name) => `${path} without ${name}`),
    );
    assert.deepEqual(offences, [], 'Take a version of the package that all its builds exist for.');
  });

  it(`every package runs on Node ${MINIMUM_NODE}`, () => {
    assert.equal(manifest.engines.node, `>=${MINIMUM_NODE}`);
    const offences = Object.entries(packages)
      .filter(([path, {optional}]) => path !== '' && !optional)
      .flatMap(([path, {engines}]) => {
        const range = engines && 'node' in engines ? engines['node'] : undefined;
        return range !== undefined && !satisfies(`${MINIMUM_NODE}.0`, range)
          ? [`${path} wants ${range}`]
          : [];
      });
    assert.deepEqual(offences, [], 'Take the newest line of the package that supports it.');
  });

  it('every package that is installed with this one is imported by it', () => {
    const imported = new Set(
      ['protocol', 'server', 'widget'].flatMap((folder) =>
        readdirSync(join(ROOT, folder), {recursive: true, encoding: 'utf8'})
          .filter((path) => path.endsWith('.ts'))
          .flatMap((path) => importsOf(readFileSync(join(ROOT, folder, path), 'utf8'))),
      ),
    );
    const offences = Object.keys(manifest.dependencies).filter((name) => !imported.has(name));
    assert.deepEqual(offences, [], 'Uninstall it: whoever installs this package would get it too.');
  });

  it('the smallest version is judged as npm would', () => {
    const CASES: readonly (readonly [range: string, expected: boolean])[] = [
      ['>=18', true],
      ['>= 20.19', true],
      ['>=20.19.1', false],
      ['^20.19.0 || >=22.12.0', true],
      ['>=22', false],
      ['20 || >=22', true],
      ['18.* || 20.*', true],
      ['6.* || 8.* || >= 10.*', true],
      ['^14.21.3 || >=16', true],
      ['>=16 <20', false],
      ['^18.0.0', false],
      ['*', true],
      ['>=0.6.x', true],
    ];
    for (const [range, expected] of CASES) {
      assert.equal(satisfies('20.19.0', range), expected, range);
    }
  });
});

/** The names of the packages that a source imports, statically or not. */
function importsOf(source: string): string[] {
  const specifiers = source.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^'./][^']*)'/g);
  return [...specifiers].map(([, specifier = '']) =>
    specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/'),
  );
}

/** Whether a version is in a range of the forms that `engines` are written in. */
function satisfies(version: string, range: string): boolean {
  return range.split('||').some((alternative) =>
    alternative
      .trim()
      .replace(/([<>=^~]+)\s+/g, '$1')
      .split(/\s+/)
      .every((comparator) => matches(version, comparator)),
  );
}

function matches(version: string, comparator: string): boolean {
  const [, operator = '', text = ''] = /^([<>=^~]*)v?(.*)$/.exec(comparator) ?? [];
  const wanted = text
    .split('.')
    .filter((part) => /^\d+$/.test(part))
    .map(Number);
  const actual = version.split('.').map(Number);
  const difference =
    [0, 1, 2].map((index) => (actual[index] ?? 0) - (wanted[index] ?? 0)).find(Boolean) ?? 0;
  switch (operator) {
    case '>=':
      return difference >= 0;
    case '>':
      return difference > 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '^':
      return difference >= 0 && actual[0] === wanted[0];
    case '~':
      return difference >= 0 && actual[0] === wanted[0] && actual[1] === wanted[1];
    default:
      return wanted.every((part, index) => part === actual[index]);
  }
}
