/**
 * A Rollup plugin that shortens the names of the widget's private custom properties (`--_surface`) in styles and
 * scripts alike. Each is used dozens of times, and no page may rely on one: what a page sets begins with `--vcr-`.
 */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {MagicString} from 'magic-string';
import {ROOT} from './project.mjs';
import {listFiles} from './stale.mjs';

const TOKEN = /--_[a-z][\w-]*/g;

/** @returns {import('rollup').Plugin} */
export function shortTokens() {
  /** @type {Map<string, string>} */
  let names = new Map();
  return {
    name: 'short-tokens',
    buildStart() {
      const counts = new Map();
      for (const file of listFiles(['widget'], (path) => path.endsWith('.ts'))) {
        for (const [token] of readFileSync(join(ROOT, file), 'utf8').matchAll(TOKEN)) {
          counts.set(token, (counts.get(token) ?? 0) + 1);
        }
      }
      // The same on every machine, whatever order the modules come in.
      const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      names = new Map(sorted.map(([token], index) => [token, `--_${index.toString(36)}`]));
    },
    transform(code, id) {
      if (!id.startsWith(join(ROOT, 'widget')) || !code.includes('--_')) return null;
      const text = new MagicString(code);
      for (const {0: token, index} of code.matchAll(TOKEN)) {
        text.overwrite(index, index + token.length, names.get(token) ?? token);
      }
      return {code: text.toString(), map: text.generateMap({hires: true})};
    },
  };
}
