/** What the build takes out of templates means nothing to a browser, and what means something stays. */
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {minifyCss, minifyHtml} from '../../scripts/lib/minify-templates.mjs';

it('html loses line breaks, the space at the end of a tag, and the quotes around one word', () => {
  assert.deepEqual(
    minifyHtml([
      '<p\n  part="text"\n  title="two words"\n  lang=',
      '\n>\n  a <b>b</b> </p>\n<br />',
    ]),
    ['<p part=text title="two words" lang=', '> a <b>b</b> </p> <br/>'],
  );
});

it('quotes stay around what an expression fills, and around what is no word', () => {
  const texts = ['<a class="x ', '" href="a/b" id="">"</a>'];
  assert.deepEqual(minifyHtml(texts), texts);
});

it('css loses space where it never means anything, and keeps it where it may', () => {
  assert.deepEqual(
    minifyCss(["/* why */a > b,\n[x='y'] :not(c) { margin: calc(1px + 0.5em); content: ' : y'; }"]),
    ["a>b,[x=y] :not(c){margin:calc(1px + .5em);content:' : y'}"],
  );
});

it('css keeps the quotes of a value that is no name', () => {
  const [css] = minifyCss(["[data-columns='2']{--_columns:2}"]);
  assert.equal(css, "[data-columns='2']{--_columns:2}");
});
