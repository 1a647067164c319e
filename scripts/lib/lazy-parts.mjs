/**
 * Has what these modules define, with all that nothing but they import, defined when it is first asked for: a browser
 * keeps a good hundred bytes of every function of a module, called or not. It is in the same file as what asks for it,
 * and so there whenever that is. Each exports one function without parameters, which opens it. The npm modules are
 * as they are written.
 */
import {MagicString} from 'magic-string';

/** By the end of its path: what opens it. */
const OPENED_BY = {
  '/widget/call/care/later-care.ts': 'openLaterCare',
  '/widget/call/share/screen-share.ts': 'openScreenShare',
};

/** @returns {import('rollup').Plugin} */
export function lazyParts() {
  /** @type {Set<string>} */
  const seen = new Set();
  return {
    name: 'lazy-parts',
    renderChunk(code, {modules}) {
      const ids = Object.keys(modules);
      const result = new MagicString(code);
      for (const [end, opener] of Object.entries(OPENED_BY)) {
        const root = ids.find((id) => id.replaceAll('\\', '/').endsWith(end));
        if (root === undefined) continue;
        seen.add(end);
        const part = partOf(root, (id) => this.getModuleInfo(id));
        const texts = ids.filter((id) => part.has(id)).map((id) => modules[id]?.code ?? '');
        // Rollup writes a module after those that it imports, and these one after the other if it is imported last.
        const whole = texts.filter(Boolean).join('\n\n');
        const start = code.indexOf(whole);
        if (start < 0) this.error(`Something stands between the parts of ${end}: import it last.`);
        result.appendLeft(
          start,
          `let ${opener}_;\nfunction ${opener}() {\n${opener}_ ??= (() => {\n`,
        );
        const close = `\nreturn ${opener};\n})();\nreturn ${opener}_();\n}`;
        result.appendRight(start + whole.length, close);
      }
      if (!result.hasChanged()) return null;
      return {code: result.toString(), map: result.generateMap({hires: true})};
    },
    generateBundle() {
      const missed = Object.keys(OPENED_BY).filter((end) => !seen.has(end));
      if (missed.length > 0) this.error(`There is no ${missed.join(', ')}.`);
    },
  };
}

/**
 * This module, and all that nothing but they import.
 * @param {string} root
 * @param {(id: string) => import('rollup').ModuleInfo | null} infoOf
 * @returns {Set<string>}
 */
function partOf(root, infoOf) {
  const part = new Set([root]);
  // What has been added may have been all that kept something else out.
  for (let size = 0; size < part.size;) {
    size = part.size;
    for (const id of [...part]) {
      for (const imported of infoOf(id)?.importedIds ?? []) {
        const {importers = [], dynamicImporters = []} = infoOf(imported) ?? {};
        if ([...importers, ...dynamicImporters].every((each) => part.has(each))) part.add(imported);
      }
    }
  }
  return part;
}
