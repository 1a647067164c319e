/**
 * Takes the indentation out of lit's html, svg and css templates, which no JavaScript minifier may
 * touch. It only ever replaces white space that HTML and CSS treat as one space, and drops CSS
 * comments; a template in which white space could mean more is left as it is.
 */
import {MagicString} from 'magic-string';

const TAGS = new Set(['html', 'svg', 'css']);

/** @returns {import('rollup').Plugin} */
export function minifyTemplates() {
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
          const minified = node.tag.name === 'css' ? minifyCss(texts) : minifyHtml(texts);
          parts.forEach(({start, end}, index) => {
            const text = minified[index];
            if (text !== undefined && text !== texts[index]) result.overwrite(start, end, text);
          });
        });
        return {code: result.toString(), map: result.generateMap({hires: true, source: id})};
      },
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
 * the source. `pre` and `textarea` show their white space, so their templates are left alone.
 * @param {readonly string[]} texts the template's pieces between its expressions
 */
export function minifyHtml(texts) {
  if (texts.some((text) => /<(?:pre|textarea)\b/i.test(text))) return texts;
  return texts.map((text) => text.replace(/\s*\n\s*/g, ' '));
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
      .map((piece) => {
        if (piece.startsWith('/*')) return '';
        if (/^["']/.test(piece)) return piece;
        // Around `+`, `-`, `>` and before `:` a space can carry meaning; around these it never does.
        return piece
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,]) ?/g, '$1')
          .replace(/: /g, ':')
          .replace(/(?<![\w.#-])0(?=\.\d)/g, '')
          .replace(/;}/g, '}');
      })
      .join(''),
  );
}
