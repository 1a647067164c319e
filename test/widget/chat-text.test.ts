/** What becomes of what people write: links that say where they lead, long texts folded, numbers in the reader's language. */
import {expect} from 'chai';
import {groupsOf} from '../../widget/chat/entries.js';
import type {FileItem} from '../../widget/chat/file-book.js';
import {Formats} from '../../widget/chat/formats.js';
import {splitLinks} from '../../widget/chat/links.js';
import {shortened, wholeCharacters} from '../../widget/chat/message-view.js';
import type {ChatMessage} from '../../widget/call/talk-state.js';

const hrefs = (text: string): string[] =>
  splitLinks(text).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.href]));

describe('links in a message', () => {
  for (const [text, ...expected] of [
    ['see https://a.example/b?c=d#e now', 'https://a.example/b?c=d#e'],
    ['https://a.example.', 'https://a.example/'],
    ['(see https://a.example/x_(y))', 'https://a.example/x_(y)'],
    ['“https://a.example/x”, he said', 'https://a.example/x'],
    ['HTTP://A.EXAMPLE/B', 'http://a.example/B'],
    ['mailto:ana@a.example!', 'mailto:ana@a.example'],
    ['two: https://a.example https://b.example', 'https://a.example/', 'https://b.example/'],
    ['https://аррӏе.com/', 'https://xn--80ak6aa92e.com/'],
    ['https://a.example/\u202egnp.exe', 'https://a.example/%E2%80%AEgnp.exe'],
  ] as const) {
    it(JSON.stringify(text), () => {
      expect(hrefs(text)).to.deep.equal(expected);
    });
  }

  for (const text of [
    'javascript:alert(1)',
    'JaVaScRiPt://a.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x file:///etc/passwd blob:x about:blank',
    'https://bank.example@elsewhere.example/',
    'https://user:pass@a.example',
    'https://',
    'http:// a.example',
    'mailto:',
    'mailto:a@b.example,c@d.example',
    'xhttps://a.example',
    'www.a.example and a.example',
    `https://a.example/${'x'.repeat(3000)}`,
  ]) {
    it(`${JSON.stringify(text.slice(0, 60))} is no link`, () => {
      expect(hrefs(text)).to.deep.equal([]);
      expect(splitLinks(text)).to.deep.equal([text]);
    });
  }

  it('loses nothing around them', () => {
    const pieces = splitLinks('a https://b.example/c, d');
    expect(pieces).to.deep.equal(['a ', {href: 'https://b.example/c'}, ', d']);
  });

  it('takes no time over what looks like thousands of them', () => {
    const text = 'https://a.example/(((('.repeat(450);
    expect(splitLinks(text).length).to.be.greaterThan(0);
    expect(splitLinks(`https://a.example/${'.'.repeat(9900)}`)).to.deep.equal([
      {href: 'https://a.example/'},
      '.'.repeat(9900),
    ]);
  });
});

describe('long messages', () => {
  it('those that are not long stay whole', () => {
    for (const text of ['', 'x', 'x'.repeat(1000), 'x\n'.repeat(15)]) {
      expect(shortened(text)).to.equal(null);
    }
  });

  it('are folded between words', () => {
    const short = shortened('word '.repeat(300)) ?? '';
    expect(short).to.match(/ word…$/);
    expect(short.length).to.be.within(600, 701);
  });

  it('are folded between lines', () => {
    expect(shortened('one\n'.repeat(40))).to.equal(`${'one\n'.repeat(9)}one…`);
  });

  it('are never cut within a character', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(wholeCharacters(family.repeat(3), family.length + 4)).to.equal(family);
    expect(wholeCharacters(`e${'\u0301'.repeat(5000)}`, 10)).to.have.length(10);
    expect(wholeCharacters('😀'.repeat(10), 3)).to.equal('😀');
  });
});

describe('numbers and times', () => {
  it('follow the language', () => {
    expect(new Formats('en').size(2_400_000)).to.equal('2.4 MB');
    expect(new Formats('de').size(2_400_000)).to.equal('2,4 MB');
    expect(new Formats('de').time(new Date(2026, 0, 1, 15, 4).getTime())).to.equal('15:04');
  });

  for (const [bytes, text] of [
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [9300, '9.3 kB'],
    [999_499, '999 kB'],
    [999_600, '1 MB'],
    [2_147_483_648, '2.1 GB'],
  ] as const) {
    it(`${String(bytes)} is ${text}`, () => {
      expect(new Formats('en').size(bytes)).to.equal(text);
    });
  }

  it('nothing is whole before it is', () => {
    const formats = new Formats('en');
    expect(formats.percent(999, 1000)).to.equal('99%');
    expect(formats.percent(1000, 1000)).to.equal('100%');
    expect(formats.percent(0, 0)).to.equal('0%');
  });
});

describe('the order of what was said', () => {
  const message = (id: string, from: string | null, at: number): ChatMessage => ({
    id,
    from,
    displayName: from ?? '',
    text: id,
    at,
  });
  const file = (key: string, from: string | null, at: number): FileItem => ({
    key,
    from,
    displayName: from ?? '',
    at,
    name: key,
    type: '',
    size: 1,
    loaded: 0,
    status: 'active',
    receivers: [],
    to: null,
    file: null,
    ids: [key],
  });
  const told = (...args: Parameters<typeof groupsOf>): string[] =>
    groupsOf(...args).map(
      ({from, entries}) => `${from ?? 'own'}: ${entries.map(({key}) => key).join()}`,
    );

  it('one person’s words in a row are one group, files among them', () => {
    const messages = [message('a', 'ana', 1), message('b', 'ana', 3), message('c', null, 4)];
    expect(told(messages, [file('f', 'ana', 2), file('g', null, 9)])).to.deep.equal([
      'ana: a,f,b',
      'own: c,g',
    ]);
  });

  it('a long silence begins a new one', () => {
    const messages = [
      message('a', 'ana', 0),
      message('b', 'ana', 299_000),
      message('c', 'ana', 700_000),
    ];
    expect(told(messages, [])).to.deep.equal(['ana: a,b', 'ana: c']);
  });

  it('a clock that was set back changes nothing in the order', () => {
    expect(told([message('a', 'ana', 9), message('b', 'bo', 1)], [])).to.deep.equal([
      'ana: a',
      'bo: b',
    ]);
  });

  it('who has taken another name is named anew', () => {
    const renamed = {...message('b', 'ana', 2), displayName: 'Anne'};
    expect(told([message('a', 'ana', 1), renamed], [])).to.deep.equal(['ana: a', 'ana: b']);
  });
});
