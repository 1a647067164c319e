/** Files in the conversation: chosen, dropped and pasted; how far they are, in words. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {
  all,
  at,
  badgeOf,
  dragged,
  fieldOf,
  note,
  pasteInto,
  receive,
  rowOf,
  sentFiles,
  settled,
  texts,
  wordsOf,
} from '../support/chat-page.js';
import {
  buttonOf,
  findButton,
  overlayOf,
  remove,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {FakeSession, fakePeer} from '../support/widget-session.js';

describe('files', () => {
  afterEach(remove);

  it('are chosen with a button, several at once, and the same one again', async () => {
    const element = await at('chat-empty');
    const input = shadowOf(element).querySelector<HTMLInputElement>('input[type=file]');
    if (!input) throw new Error('no input');
    let isAsked = false;
    input.click = () => (isAsked = true);
    buttonOf(element, 'Send files').click();
    expect(isAsked).to.equal(true);
    expect(input.multiple).to.equal(true);
    const {dataTransfer} = dragged('drop', [note('a.txt'), note('b.txt')]);
    input.files = dataTransfer?.files ?? null;
    input.dispatchEvent(new Event('change'));
    expect(sentFiles()).to.deep.equal(['a.txt', 'b.txt']);
    expect(input.value).to.equal('');
  });

  it('are dropped anywhere on the call; the zone shows while they are over it', async () => {
    const element = await at('chat-empty');
    const zone = (): string => texts(element, '[part=drop-zone]').join();
    element.dispatchEvent(dragged('dragenter', [note()]));
    await settled(element);
    expect(zone()).to.equal('Drop files here to send them');
    const over = dragged('dragover', [note()]);
    element.dispatchEvent(over);
    expect(over.defaultPrevented).to.equal(true);
    element.dispatchEvent(dragged('dragenter', [note()]));
    element.dispatchEvent(dragged('dragleave', [note()]));
    await settled(element);
    expect(zone()).not.to.equal('');
    element.dispatchEvent(dragged('dragleave', [note()]));
    await settled(element);
    expect(zone()).to.equal('');
    element.dispatchEvent(dragged('dragenter', [note()]));
    const drop = dragged('drop', [note('c.txt'), note('d.txt')]);
    element.dispatchEvent(drop);
    await settled(element);
    expect(drop.defaultPrevented).to.equal(true);
    expect(zone()).to.equal('');
    expect(sentFiles()).to.deep.equal(['c.txt', 'd.txt']);
  });

  it('dropped with the chat closed, they open nothing and are told of', async () => {
    const element = await at('call-1');
    element.dispatchEvent(dragged('dragenter', [note()]));
    await until(() => {
      // As a browser does for as long as they are there.
      element.dispatchEvent(dragged('dragover', [note()]));
      return all(element, '[part=drop-zone]').length > 0;
    }, 'the zone');
    element.dispatchEvent(dragged('drop', [note('e.txt')]));
    expect(sentFiles()).to.deep.equal(['e.txt']);
    FakeSession.last.transfer({id: 'x', direction: 'outgoing', name: 'e.txt', status: 'done'});
    await overlayOf(element);
    expect(texts(element, '[part=notices]').join()).to.contain('was sent');
    expect(badgeOf(element)).to.equal(undefined);
  });

  it('dropped before the chat is there, they do not replace the call, and are sent when it has come', async () => {
    const element = await at('call-1');
    expect(all(element, '[part~=panel]')).to.have.length(0);
    // Both at once: nothing can be loaded in between.
    const over = dragged('dragover', [note()]);
    element.dispatchEvent(over);
    const drop = dragged('drop', [note('early.txt')]);
    element.dispatchEvent(drop);
    expect(over.defaultPrevented).to.equal(true);
    expect(drop.defaultPrevented).to.equal(true);
    await until(() => sentFiles().length > 0, 'sent');
    expect(sentFiles()).to.deep.equal(['early.txt']);
  });

  it('dropped on an element without a call, they are the page’s business', async () => {
    const element = await at('prejoin');
    const drop = dragged('drop', [note()]);
    element.dispatchEvent(drop);
    expect(drop.defaultPrevented).to.equal(false);
  });

  it('words that are dragged are the page’s business, and so are files that the page takes', async () => {
    const element = await at('chat-empty');
    const words = dragged('dragover', [], 'words');
    element.dispatchEvent(words);
    expect(words.defaultPrevented).to.equal(false);
    const taken = dragged('drop', [note()]);
    taken.preventDefault();
    element.dispatchEvent(taken);
    expect(sentFiles()).to.deep.equal([]);
  });

  it('nothing is sent by a drop while nobody is there', async () => {
    const element = await at('chat-alone');
    element.dispatchEvent(dragged('dragenter', [note()]));
    await settled(element);
    expect(texts(element, '[part=drop-zone]')).to.deep.equal([
      'Nobody else is here at the moment.',
    ]);
    element.dispatchEvent(dragged('drop', [note()]));
    expect(sentFiles()).to.deep.equal([]);
    expect(buttonOf(element, 'Send files').getAttribute('aria-disabled')).to.equal('true');
  });

  it('are pasted, unless there are words for them', async () => {
    const element = await at('chat-empty');
    const paste = (text: string): ClipboardEvent =>
      pasteInto(fieldOf(element), [note('image.png')], text);
    expect(paste('1 2 3').defaultPrevented).to.equal(false);
    expect(sentFiles()).to.deep.equal([]);
    expect(paste('').defaultPrevented).to.equal(true);
    expect(sentFiles()).to.deep.equal(['image.png']);
  });

  it('say how far they are, in words and as a progress bar, and are cancelled by either side', async () => {
    const element = await at('chat-empty');
    FakeSession.last.transfer({id: 'in', name: 'in.txt', size: 2000, loaded: 500});
    FakeSession.last.transfer({id: 'out', name: 'out.txt', direction: 'outgoing'});
    await settled(element);
    const row = rowOf(element, 'in.txt');
    expect(wordsOf(row)).to.contain('2 kB · Receiving, 25%');
    const progress = row.querySelector('progress');
    expect(progress?.position).to.equal(0.25);
    expect(progress?.getAttribute('aria-label')).to.equal('Progress of in.txt');
    FakeSession.last.transfer({id: 'in', loaded: 1999});
    await settled(element);
    expect(wordsOf(row)).to.contain('Receiving, 99%');
    expect(wordsOf(rowOf(element, 'out.txt'))).to.contain('Sending, 0%');
    for (const name of ['in.txt', 'out.txt']) buttonOf(element, `Cancel ${name}`).click();
    expect(FakeSession.last.calls.slice(-2)).to.deep.equal([
      ['cancelFile', 'in'],
      ['cancelFile', 'out'],
    ]);
    FakeSession.last.transfer({id: 'in', status: 'cancelled'});
    FakeSession.last.transfer({id: 'out', status: 'failed'});
    await settled(element);
    expect(wordsOf(rowOf(element, 'in.txt'))).to.contain('Cancelled');
    expect(wordsOf(rowOf(element, 'out.txt'))).to.contain('Did not arrive');
    expect(all(element, 'progress, [part=file] button')).to.have.length(0);
  });

  it('are read out when they begin and when they end, not at each step', async () => {
    const element = await at('chat-empty');
    const said = (): string[] =>
      texts(element, '.chat [role=status] p').map((text) => text.replace(/[\u2068\u2069]/g, ''));
    FakeSession.last.transfer({id: 'in', name: 'a.txt', size: 2000});
    for (const loaded of [100, 900, 1900]) FakeSession.last.transfer({id: 'in', loaded});
    await settled(element);
    expect(said()).to.deep.equal(['Ana Moreau is sending a file: a.txt, 2 kB']);
    FakeSession.last.transfer({id: 'in', status: 'done', loaded: 2000, file: note('a.txt')});
    await settled(element);
    expect(said().slice(1)).to.deep.equal(['a.txt from Ana Moreau is here']);
  });

  it('one that arrives with the chat closed is told of and counted', async () => {
    const element = await at('call-1');
    FakeSession.last.transfer({id: 'in', name: 'a.txt', size: 2000});
    await until(() => badgeOf(element) === '1', 'a badge');
    receive(note('a.txt'));
    await settled(element);
    const notices = texts(element, '[part=notices]').join();
    expect(notices).to.contain('is sending a file').and.to.contain('is here');
  });

  it('one that goes to several people is one row, as far as the slowest', async () => {
    const element = await at('chat-empty');
    FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer('bo', {displayName: 'Bo'})});
    const file = {name: 'a.txt', size: 1000, direction: 'outgoing'} as const;
    FakeSession.last.transfers = [
      {...file, id: '1', peerId: 'ana', type: '', loaded: 800, status: 'active', file: null},
    ];
    FakeSession.last.transfer({...file, id: '2', peerId: 'bo', type: '', loaded: 300});
    await settled(element);
    expect(all(element, '[part=file]')).to.have.length(1);
    expect(wordsOf(rowOf(element, 'a.txt'))).to.contain('Sending, 30%');
    FakeSession.last.transfer({id: '1', status: 'done'});
    await settled(element);
    expect(wordsOf(rowOf(element, 'a.txt'))).to.contain('Sending, 30%');
    buttonOf(element, 'Cancel a.txt').click();
    expect(FakeSession.last.calls.slice(-2)).to.deep.equal([
      ['cancelFile', '1'],
      ['cancelFile', '2'],
    ]);
    FakeSession.last.transfer({id: '2', status: 'failed'});
    await settled(element);
    expect(wordsOf(rowOf(element, 'a.txt'))).to.contain('Sent');
  });

  it('one that is for one of several says for whom', async () => {
    const element = await at('chat-empty');
    FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer('bo', {displayName: 'Bo'})});
    FakeSession.last.transfer({id: '1', peerId: 'bo', direction: 'outgoing', status: 'done'});
    await settled(element);
    expect(wordsOf(rowOf(element, 'notes.txt'))).to.contain('Sent to Bo');
  });

  it('one that did not arrive can be sent again by the one who has it', async () => {
    const element = await at('chat-empty');
    const file = note('again.txt');
    element.dispatchEvent(dragged('drop', [file]));
    const {name, size, type} = file;
    FakeSession.last.sendFile = async (sent) => {
      FakeSession.last.calls.push(['sendFile', sent]);
      FakeSession.last.transfer({id: '2', direction: 'outgoing', name, size, type});
      await Promise.resolve();
    };
    element.dispatchEvent(dragged('drop', [file]));
    FakeSession.last.transfer({id: '2', status: 'failed'});
    await settled(element);
    buttonOf(element, 'Send again.txt again').click();
    expect(sentFiles()).to.deep.equal(['again.txt', 'again.txt', 'again.txt']);
  });

  it('one that cannot begin is not lost either', async () => {
    const element = await at('chat-empty');
    FakeSession.last.nextError = new CallError('message-too-large');
    element.dispatchEvent(dragged('drop', [note('huge.iso')]));
    await until(() => findButton(element, 'Try again') !== undefined, 'told');
    const words = texts(element, '[data-unsent]').join();
    expect(words).to.contain('huge.iso').and.to.contain('at most 2.1 GB');
  });
});
