/** What the tests of people share: an element in a directory, its rows, keys, and whom it calls. */
import type {PersonEntry} from '../../protocol/shapes.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {connect} from './people-screens.js';
import {peopleOf, roomWith, shadowOf, until} from './widget-element.js';
import {FakeSession} from './widget-session.js';

/** An element in a directory of these people, connected. */
export async function roomAmong(
  people: readonly PersonEntry[],
  attributes: Readonly<Record<string, string>> = {},
): Promise<VideoChatRoom> {
  const element = await roomWith({directory: 'office', 'display-name': 'Noor', ...attributes});
  await peopleOf(element);
  connect(FakeSession.last, people);
  await element.updateComplete;
  return element;
}

/** The last session has been told something: the screen follows. */
export async function tell(
  element: VideoChatRoom,
  news: (session: FakeSession) => void,
): Promise<void> {
  news(FakeSession.last);
  await element.updateComplete;
}

export function rowsOf(element: VideoChatRoom): HTMLElement[] {
  return [...shadowOf(element).querySelectorAll<HTMLElement>('[part=person]')];
}

export function namesOf(element: VideoChatRoom): string[] {
  return rowsOf(element).map((row) => row.querySelector('.person-name')?.textContent ?? '');
}

/** What is to be read on the screen, without what only screen readers hear. */
export function textOf(element: VideoChatRoom): string {
  const copy = shadowOf(element).querySelector('[part=base]')?.cloneNode(true) as HTMLElement;
  for (const hidden of copy.querySelectorAll('.visually-hidden')) hidden.remove();
  return copy.textContent.replace(/\s+/g, ' ').trim();
}

/** What live regions say. */
export function spoken(element: VideoChatRoom): string {
  return [...shadowOf(element).querySelectorAll('[role=status]')]
    .map(({textContent}) => textContent.trim())
    .join('|');
}

export async function type(element: VideoChatRoom, id: string, text: string): Promise<void> {
  const input = shadowOf(element).querySelector<HTMLInputElement>(`#${id}`);
  if (!input) throw new Error(`no field ${id}`);
  input.focus();
  input.value = text;
  input.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
  input.dispatchEvent(new Event('change', {bubbles: true}));
  await element.updateComplete;
}

/** A key, half a second after whatever has happened. */
export function press(target: EventTarget | null, key: string): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
  });
  Object.defineProperty(event, 'timeStamp', {value: performance.now() + 600});
  target?.dispatchEvent(event);
  return event;
}

/** Everything that the session was asked to do, of one kind. */
export function asked(name: string): unknown[][] {
  return FakeSession.last.calls.filter(([each]) => each === name).map(([, ...rest]) => rest);
}

export async function allRows(element: VideoChatRoom, count: number): Promise<void> {
  await until(() => rowsOf(element).length === count, `${String(count)} rows`);
}
