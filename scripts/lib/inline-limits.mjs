/**
 * A Rollup plugin that writes the protocol's limits where they are used, as TypeScript does with a `const enum`:
 * as names they would be exported by one chunk and imported by nearly every other.
 */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {MagicString} from 'magic-string';
import {ROOT} from './project.mjs';

const FILES = ['limits', 'conversation-limits'];

/** An import of names, as esbuild writes it, and of nothing but these files. */
const IMPORT = new RegExp(
  `import\\s*\\{([^}]*)\\}\\s*from\\s*"[^"]*/(?:${FILES.join('|')})\\.js";`,
  'g',
);

/** @returns {import('rollup').Plugin} */
export function inlineLimits() {
  /** @type {Map<string, string>} */
  const limits = new Map();
  return {
    name: 'inline-limits',
    buildStart() {
      for (const file of FILES) {
        const text = readFileSync(join(ROOT, 'protocol', `${file}.ts`), 'utf8');
        for (const [, name, value] of text.matchAll(/^export const (\w+) = ([\d_]+);$/gm)) {
          if (name && value) limits.set(name, value.replaceAll('_', ''));
        }
      }
    },
    transform(code, id) {
      if (id.includes('node_modules')) return null;
      const imports = [...code.matchAll(IMPORT)];
      if (imports.length === 0) return null;
      const result = new MagicString(code);
      const names = imports.flatMap(([, list = '']) => list.split(',').map((name) => name.trim()));
      for (const {0: text, index} of imports) result.remove(index, index + text.length);
      for (const name of names.filter(Boolean)) {
        const value = limits.get(name);
        if (value === undefined) throw new Error(`${name} is no number in ${FILES.join(' or ')}`);
        for (const {index} of code.matchAll(new RegExp(`(?<![\\w$.])${name}(?![\\w$])`, 'g'))) {
          const isImport = imports.some((each) => {
            return index > each.index && index < each.index + each[0].length;
          });
          if (!isImport) result.overwrite(index, index + name.length, value);
        }
      }
      return {code: result.toString(), map: result.generateMap({hires: true})};
    },
  };
}
