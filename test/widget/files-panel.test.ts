/** The panel of the files: all of them, what can be done with each, and that nothing is told twice. */
import {expect} from 'chai';
import {
  all,
  at,
  badgeOf,
  dragged,
  note,
  pasteInto,
  pressed,
  receive,
  rowOf,
  sentFiles,
  settled,
  texts,
  wordsOf,
} from '../support/chat-page.js';
import {
  buttonOf,
  expectFocus,
  findButton,
  overlayOf,
  remove,
  roomAt,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

/** A call without sound and pictures: the chat is on its stage. */
const BESIDE_CHAT = SCREENS.find(({name}) => name === 'files-beside-chat') as Screen;

const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, '');

const namesIn = (element: Element): (string | null)[] =>
  all(element, '[part=file-list] [part=file]').map((row) => row.getAttribute('aria-label'));

/** Whether anything, anywhere in the element, has been read out or shown passing with these words. */
const timesTold = (element: Element, words: string): number =>
  [...texts(element, '[role=status] p'), ...texts(element, '[part=notice]')].filter((text) =>
    plain(text).includes(words),
  ).length;

describe('the panel of the files', () => {
  afterEach(remove);

  it('says what to do while there are none, and opens the system’s choice of files', async () => {
    const element = await at('files-empty');
    expect(texts(element, '[part=files-empty]').join()).to.contain('drop them here or paste them');
    expectFocus(shadowOf(element).querySelector('#panel h2'));
    const input = shadowOf(element).querySelector<HTMLInputElement>('.files input[type=file]')!;
    let isAsked = false;
    input.click = () => (isAsked = true);
    buttonOf(element, 'Send files').click();
    expect(isAsked).to.equal(true);
    input.files = dragged('drop', [note('a.txt'), note('b.txt')]).dataTransfer!.files;
    input.dispatchEvent(new Event('change'));
    expect(sentFiles()).to.deep.equal(['a.txt', 'b.txt']);
  });

  it('lists what was sent and received, the newest first, with whose it is', async () => {
    const element = await at('files');
    expect(namesIn(element)).to.deep.equal([
      'Minutes of the meeting, with all appendices and the corrected budget.pdf',
      'film.mov',
      'draft.txt',
      'old.zip',
      'agenda.txt',
      'hills.png',
    ]);
    expect(wordsOf(rowOf(element, 'film.mov'))).to.contain('734 MB · Receiving, 7% From Bo · ');
    expect(wordsOf(rowOf(element, 'hills.png'))).to.contain('Received From Ana Moreau · ');
    // To all of them: each is named once, and the state does not say it again.
    expect(wordsOf(rowOf(element, 'agenda.txt'))).to.contain('Sent To Ana Moreau and Bo · ');
    expect(wordsOf(rowOf(element, 'draft.txt'))).to.contain('Did not arrive To Ana Moreau · ');
    expect(wordsOf(rowOf(element, 'old.zip'))).to.contain('Cancelled From Ana Moreau · ');
  });

  it('cancels what is under way, and saves what was received', async () => {
    const element = await at('files');
    buttonOf(element, 'Cancel film.mov').click();
    expect(FakeSession.last.calls.at(-1)).to.deep.equal(['cancelFile', 'e']);
    const link = rowOf(element, 'hills.png').querySelector<HTMLAnchorElement>('a[download]')!;
    expect(link.download).to.equal('hills.png');
    const saved = await (await fetch(link.href)).blob();
    expect(saved.type).to.equal('application/octet-stream');
    expect(all(element, '[part=file-list] a')).to.have.length(1);
  });

  it('takes what is dropped on it and pasted into it', async () => {
    const element = await at('files-empty');
    element.dispatchEvent(dragged('dragenter', [note()]));
    element.dispatchEvent(dragged('drop', [note('dropped.txt')]));
    expect(sentFiles()).to.deep.equal(['dropped.txt']);
    const heading = shadowOf(element).querySelector('#panel h2')!;
    expect(pasteInto(heading, [note('pasted.png')]).defaultPrevented).to.equal(true);
    expect(pasteInto(heading, []).defaultPrevented, 'words').to.equal(false);
    expect(sentFiles()).to.deep.equal(['dropped.txt', 'pasted.png']);
    await pressed(element, 'Close');
    const button = buttonOf(element, 'Chat');
    expect(pasteInto(button, [note('late.png')]).defaultPrevented, 'closed').to.equal(false);
    expect(sentFiles()).to.have.length(2);
  });

  it('sends nothing while nobody is there, and says why', async () => {
    const element = await at('files-alone');
    const button = buttonOf(element, 'Send files');
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    const reason = shadowOf(element).getElementById(button.getAttribute('aria-describedby')!);
    expect(reason?.textContent.trim()).to.equal('Nobody else is here at the moment.');
    expect(pasteInto(button, [note()]).defaultPrevented).to.equal(false);
    expect(sentFiles()).to.deep.equal([]);
  });

  it('shows what was not sent, until it is tried again', async () => {
    const element = await at('files-unsent');
    expect(texts(element, '.files [data-unsent]').join()).to.contain('shopping-list.txt');
    await pressed(element, 'Try again');
    expect(all(element, '[data-unsent]')).to.have.length(0);
    expect(sentFiles()).to.deep.equal(['shopping-list.txt', 'shopping-list.txt']);
  });

  it('counts what nobody has seen on its button, and messages alone on that of the chat', async () => {
    const element = await at('call-1');
    element.controls = 'chat files leave';
    receive(note('a.txt'), 'a');
    receive(note('b.txt'), 'b');
    FakeSession.last.write('ana', 'Look at these');
    await until(() => badgeOf(element, 'files') === '2', 'a number');
    expect(badgeOf(element)).to.equal('1');
    const button = buttonOf(element, 'Files');
    const described = shadowOf(element).getElementById(button.getAttribute('aria-describedby')!);
    expect(described?.textContent).to.equal('2 new files');
    await pressed(element, 'Files');
    await until(() => badgeOf(element, 'files') === undefined, 'them to be seen');
    expect(badgeOf(element)).to.equal('1');
    await pressed(element, 'Files');
    receive(note('c.txt'), 'c');
    await settled(element);
    expect([badgeOf(element, 'files'), badgeOf(element)]).to.deep.equal(['1', '1']);
    await pressed(element, 'Chat');
    expect([badgeOf(element, 'files'), badgeOf(element)]).to.deep.equal([undefined, undefined]);
  });

  it('without a button of its own its files are counted on that of the chat', async () => {
    const element = await at('call-1');
    receive(note('a.txt'), 'a');
    FakeSession.last.write('ana', 'Look at this');
    await until(() => badgeOf(element) === '2', 'a number');
    await pressed(element, 'Chat');
    expect(badgeOf(element)).to.equal(undefined);
  });

  it('reads files out while it is open, and passes messages on to those who do not see the chat', async () => {
    const element = await at('files-empty');
    await settled(element);
    receive(note('a.txt'), 'a');
    await settled(element);
    const said = texts(element, '.files [role=status] p').map(plain);
    expect(said).to.deep.equal([
      'Ana Moreau is sending a file: a.txt, 10 bytes',
      'a.txt from Ana Moreau is here',
    ]);
    expect(timesTold(element, 'a.txt')).to.equal(2);
    FakeSession.last.write('ana', 'Have you got it?');
    await overlayOf(element);
    expect(texts(element, '[part=notices]').join()).to.contain('Have you got it?');
    // Nothing that was said here is said anew there.
    await pressed(element, 'Chat');
    expect(texts(element, '[role=status] p').map(plain).join()).not.to.contain('a.txt');
  });

  it('beside a chat on the stage it says nothing: the chat has said it', async () => {
    const element = await roomAt(BESIDE_CHAT);
    await settled(element);
    receive(note('new.txt'), 'new');
    await settled(element);
    expect(texts(element, '.chat [role=status] p').map(plain)).to.include(
      'new.txt from Ana Moreau is here',
    );
    expect(texts(element, '.files [role=status] p')).to.deep.equal([]);
    expect(timesTold(element, 'new.txt from')).to.equal(1);
    expect(namesIn(element)[0]).to.equal('new.txt');
  });

  it('over a chat on the stage it tells what the chat cannot, and messages are told in passing', async () => {
    const element = await roomAt(BESIDE_CHAT);
    element.style.inlineSize = '320px';
    await settled(element);
    const [stage] = all(element, '.chat');
    expect(stage!.checkVisibility({visibilityProperty: true}), 'covered').to.equal(false);
    receive(note('new.txt'), 'new');
    FakeSession.last.write('ana', 'Have you got it?');
    await overlayOf(element);
    await settled(element);
    expect(texts(element, '.files [role=status] p').map(plain)).to.include(
      'new.txt from Ana Moreau is here',
    );
    // What was told there before the files covered it may stand there still.
    expect(texts(element, '.chat [role=status] p').join()).not.to.match(/new\.txt|Have you got/);
    expect(texts(element, '[part=notices]').join()).to.contain('Have you got it?');
    // It is read as soon as it can be, and is not told once more.
    await pressed(element, 'Close');
    expect(stage!.checkVisibility({visibilityProperty: true}), 'uncovered').to.equal(true);
    await until(() => timesTold(element, 'Have you got it?') === 0, 'it to be read');
  });

  it('the same picture is drawn in both places', async () => {
    const element = await roomAt(BESIDE_CHAT);
    const drawn = (): number => all(element, 'canvas[data-drawn]').length;
    all(element, '.chat .log')[0]!.scrollTop = 0;
    all(element, '.files-scroll')[0]!.scrollTop = 10_000;
    await until(() => drawn() === 2, 'both');
  });

  it('is there after the call for what was sent, and gone with the next one', async () => {
    const element = await at('files-over');
    expect(texts(element, '.files-foot').join()).to.equal(
      'The call is over. Its files stay here until the next one.',
    );
    expect(rowOf(element, 'hills.png').querySelector('a[download]') !== null).to.equal(true);
    expect(findButton(element, 'Send files') === undefined).to.equal(true);
    const {last: session} = FakeSession;
    session.transfers = [];
    await element.join('another');
    await settled(element);
    expect(all(element, '[part~=panel]')).to.have.length(0);
  });

  it('its focus comes back to its button', async () => {
    const element = await at('files');
    element.controls = 'chat files leave';
    await until(() => findButton(element, 'Files') !== undefined, 'it');
    await pressed(element, 'Close');
    expectFocus(buttonOf(element, 'Files'));
  });

  it('is reached from the head of the chat in an element of any size', async () => {
    const element = await at('chat-empty');
    element.style.inlineSize = '240px';
    await pressed(element, 'Files of this call');
    expectFocus(shadowOf(element).querySelector('#panel h2'));
    await until(() => all(element, '.files').length === 1, 'the files');
    // There is no button of its own to go back to.
    await pressed(element, 'Close');
    expectFocus(buttonOf(element, 'Chat'));
  });
});
