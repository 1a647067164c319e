/** What the tests of the chat do with an element that shows it: find what is said, write, press keys. */
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {buttonOf, findButton, roomAt, shadowOf, until} from './widget-element.js';
import {SCREENS, type Screen} from './widget-screens.js';
import {FakeSession} from './widget-session.js';

/** An element that shows `screen`, with the way to its chat. */
export async function at(name: string): Promise<VideoChatRoom> {
  const element = await roomAt(SCREENS.find((screen) => screen.name === name) as Screen);
  const {status} = element;
  await until(() => status !== 'in-call' || findButton(element, 'Chat') !== undefined, 'Chat');
  return element;
}

export const all = (element: Element, selector: string): HTMLElement[] => [
  ...shadowOf(element).querySelectorAll<HTMLElement>(selector),
];

export const texts = (element: Element, selector: string): string[] =>
  all(element, selector).map(({textContent}) => textContent.replace(/\s+/g, ' ').trim());

export function fieldOf(element: Element): HTMLTextAreaElement {
  const field = shadowOf(element).querySelector('textarea');
  if (!field) throw new Error('no field to write in');
  return field;
}

export async function type(element: VideoChatRoom, text: string): Promise<void> {
  fieldOf(element).value = text;
  fieldOf(element).dispatchEvent(new Event('input'));
  await element.updateComplete;
}

export function press(element: Element, key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const init = {key, bubbles: true, composed: true, cancelable: true, ...more};
  const event = new KeyboardEvent('keydown', init);
  fieldOf(element).dispatchEvent(event);
  return event;
}

export const sent = (): unknown[] =>
  FakeSession.last.calls.filter(([name]) => name === 'sendChat').map(([, text]) => text);

export async function settled(element: VideoChatRoom): Promise<void> {
  await element.updateComplete;
  await new Promise(requestAnimationFrame);
  await element.updateComplete;
}

export const note = (name = 'note.txt', content = 'some words', type = 'text/plain'): File =>
  new File([content], name, {type});

/** Presses a button as soon as it is there. */
export async function pressed(element: VideoChatRoom, name: string): Promise<void> {
  await until(() => findButton(element, name) !== undefined, name);
  buttonOf(element, name).click();
  await settled(element);
}

/** Names of the files that were sent. */
export const sentFiles = (): string[] =>
  FakeSession.last.calls.flatMap(([name, file]) =>
    name === 'sendFile' ? [(file as File).name] : [],
  );

export function dragged(type: string, files: readonly File[], text = ''): DragEvent {
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  if (text) dataTransfer.setData('text/plain', text);
  return new DragEvent(type, {dataTransfer, bubbles: true, composed: true, cancelable: true});
}

export function pasteInto(target: Element, files: readonly File[], text = ''): ClipboardEvent {
  const {dataTransfer} = dragged('drop', files, text);
  const event = new ClipboardEvent('paste', {bubbles: true, composed: true, cancelable: true});
  // Not every browser takes it from the constructor.
  Object.defineProperty(event, 'clipboardData', {value: dataTransfer});
  target.dispatchEvent(event);
  return event;
}

/** The row of the file of this name. */
export function rowOf(element: Element, name: string): HTMLElement {
  const row = all(element, '[part=file]').find((each) => each.getAttribute('aria-label') === name);
  if (!row) throw new Error(`no file "${name}"`);
  return row;
}

/** What it says, without the marks that keep names apart. */
export const wordsOf = (row: HTMLElement): string =>
  row.textContent
    .replace(/[\u2068\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** A file of Ana's is here. */
export function receive(file: File, id = 'in'): void {
  const {name, type, size} = file;
  FakeSession.last.transfer({id, name, type, size, loaded: size, status: 'done', file});
}

/** The number on the button of a panel. */
export function badgeOf(element: Element, panel = 'chat'): string | undefined {
  return all(element, `[data-panel=${panel}]`)[0]?.dataset['badge'];
}
