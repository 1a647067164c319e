/**
 * Takes the indentation out of lit's html, svg and css templates, which no JavaScript minifier may
 * touch. It only ever replaces white space that HTML and CSS treat as one space, drops CSS comments,
 * and shortens the names of private custom properties (`--_surface`); a template in which white
 * space could mean more is left as it is.
 */
import {MagicString} from 'magic-string';

const TAGS = new Set(['html', 'svg', 'css']);

/** Of the element alone. What stands for one begins alike, so that no page's own is ever meant. */
const PRIVATE_NAME = /--_[a-z][a-z-]*/g;
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** @returns {import('rollup').Plugin} */
export function minifyTemplates() {
  /** @type {Set<string>} */
  const names = new Set();
  return {
    name: 'minify-templates',
    transform: {
      // After the TypeScript has become JavaScript, which Rollup's parser can read.
      order: 'post',
      handler(code, id) {
        if (id.includes('node_modules') || !/\b(?:html|svg|css)`/.test(code)) return null;
        const result = new MagicString(code);
        visit(this.parse(code), (node) => {
          if (node.type !== 'TaggedTemplateExpression') return;
          if (node.tag.type !== 'Identifier' || !TAGS.has(node.tag.name)) return;
          const parts = /** @type {(Node & Positioned)[]} */ (node.quasi.quasis);
          const texts = parts.map(({start, end}) => code.slice(start, end));
          const isCss = node.tag.name === 'css';
          if (isCss) for (const [name] of texts.join(' ').matchAll(PRIVATE_NAME)) names.add(name);
          const minified = isCss ? minifyCss(texts) : minifyHtml(texts);
          parts.forEach(({start, end}, index) => {
            const text = minified[index];
            if (text !== undefined && text !== texts[index]) result.overwrite(start, end, text);
          });
        });
        return {code: result.toString(), map: result.generateMap({hires: true, source: id})};
      },
    },
    // Every template has been seen by then. Sorted, for the order in which they are seen varies.
    renderChunk(code) {
      const sorted = [...names].sort();
      if (sorted.length > LETTERS.length) throw new Error('too many private properties');
      const result = new MagicString(code);
      result.replace(PRIVATE_NAME, (name) => {
        const at = sorted.indexOf(name);
        return at < 0 ? name : `--_${LETTERS[at]}`;
      });
      return {code: result.toString(), map: result.generateMap({hires: true})};
    },
  };
}

/**
 * @typedef {{start: number, end: number}} Positioned
 * @typedef {import('estree').Node} Node
 */

/**
 * @param {Node} node
 * @param {(node: Node) => void} callback
 */
function visit(node, callback) {
  callback(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === 'string') visit(child, callback);
    }
  }
}

/**
 * A run of white space with a line break in it becomes one space: it was there for the reader of
 * the source, as is the one at the end of a tag. The value of an attribute needs no quotes if it is
 * one word. `pre` and `textarea` show their white space, so their templates are left alone.
 * @param {readonly string[]} texts the template's pieces between its expressions
 */
export function minifyHtml(texts) {
  if (texts.some((text) => /<(?:pre|textarea)\b/i.test(text))) return texts;
  return texts.map((text) =>
    text
      .replace(/\s*\n\s*/g, ' ')
      .replace(/ (\/?>)/g, '$1')
      .replace(/(?<=[ <][a-z-]+=)"([\w-]+)"(?=[ >])/g, '$1'),
  );
}

/**
 * Strings are kept as they are. A string or a comment with an expression inside would be cut in
 * two here, so such a template is left alone.
 * @param {readonly string[]} texts
 */
export function minifyCss(texts) {
  const tokens = texts.map(
    (text) => text.match(/\/\*[\s\S]*?\*\/|"[^"\n]*"|'[^'\n]*'|[^"'/]+|./g) ?? [],
  );
  if (tokens.flat().some((token) => /^["']$/.test(token))) return texts;
  if (texts.some((text) => text.lastIndexOf('/*') > text.lastIndexOf('*/'))) return texts;
  return tokens.map((pieces) =>
    pieces
      .map((piece, index) => {
        if (piece.startsWith('/*')) return '';
        // The value in a selector of an attribute needs no quotes if it is a name.
        const isValue = pieces[index - 1]?.endsWith('=') && pieces[index + 1]?.startsWith(']');
        if (/^["']/.test(piece))
          return isValue && /^.[a-z-]+.$/.test(piece) ? piece.slice(1, -1) : piece;
        // Around `+`, `-` and before `:` a space can carry meaning; around these it never does.
        return piece
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,]|[<>]=?) ?/g, '$1')
          .replace(/: |(?<=\() | (?=\))/g, (space) => space.trim())
          .replace(/(?<![\w.#-])0(?=\.\d)/g, '')
          .replace(/;}/g, '}');
      })
      .join(''),
  );
}
