/** What the tests of the chat do with an element that shows it: find what is said, write, press keys. */
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {findButton, roomAt, shadowOf, until} from './widget-element.js';
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

/** A file of Ana's is here. */
export function receive(file: File, id = 'in'): void {
  const {name, type, size} = file;
  FakeSession.last.transfer({id, name, type, size, loaded: size, status: 'done', file});
}

/** The number on the Chat button. */
export function badgeOf(element: Element): string | undefined {
  return all(element, '[data-panel=chat]')[0]?.dataset['badge'];
}
