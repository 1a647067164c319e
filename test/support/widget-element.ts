/** Makes elements whose engine is a fake session, one tag for each file of tests, and brings them to a screen. */
import {CallUi} from '../../widget/call-ui.js';
import type {Engine} from '../../widget/call-surface.js';
import {LateParts} from '../../widget/late-parts.js';
import {CALL_TEXTS} from '../../widget/strings/call-texts.js';
import {OUTCOME_TEXTS} from '../../widget/strings/outcome-texts.js';
import {VideoChatRoom} from '../../widget/video-chat-room.js';
import {overlayStyles} from '../../widget/views/overlay.styles.js';
import type {Screen} from './widget-screens.js';
import {FakeSession} from './widget-session.js';

LateParts.patienceMs = 0;

export const engine: Engine = {
  CallSession: FakeSession,
  selectDevice: () => Promise.resolve(),
  CallUi,
  // Here at once, so that a test need not wait for words.
  CALL_TEXTS: {...CALL_TEXTS, ...OUTCOME_TEXTS},
  loadOutcomeTexts: () => Promise.resolve(OUTCOME_TEXTS),
};

export class TestRoom extends VideoChatRoom {
  static override loadEngine = (): Promise<Engine> => Promise.resolve(engine);
}

export const TAG = 'test-chat-room';
customElements.define(TAG, TestRoom);

/** An element in the document, rendered. */
export async function roomWith(
  attributes: Readonly<Record<string, string>> = {},
  parent: Element = document.body,
): Promise<VideoChatRoom> {
  const element = document.createElement(TAG) as VideoChatRoom;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  await element.updateComplete;
  return element;
}

/** An element that shows `screen`. */
export async function roomAt(screen: Screen, parent?: Element): Promise<VideoChatRoom> {
  screen.before?.();
  const element = await roomWith(screen.attributes, parent);
  if (screen.attributes?.['directory'] !== undefined) await peopleOf(element);
  if (screen.steps) {
    if (!screen.isAtRest) await element.join('sunday-lunch');
    screen.steps(FakeSession.last);
    await element.updateComplete;
  }
  if (element.status === 'waiting' || element.incoming.length > 0) await overlayOf(element);
  for (const text of screen.press ?? []) {
    await until(() => findButton(element, text) !== undefined, text);
    buttonOf(element, text).click();
    await element.updateComplete;
  }
  const {waitFor} = screen;
  if (waitFor) {
    await until(() => Boolean(shadowOf(element).querySelector(waitFor)), waitFor);
    await element.updateComplete;
  }
  await screen.after?.(shadowOf(element));
  await element.updateComplete;
  return element;
}

/** What asks and tells over the screen is there. */
export async function overlayOf(element: VideoChatRoom): Promise<void> {
  const {styleSheet} = overlayStyles;
  const sheets = shadowOf(element).adoptedStyleSheets;
  const isDrawn = (): boolean => {
    // For whoever waits alone it comes without being drawn.
    if (element.status === 'waiting' && !element.incoming[0]) element.requestUpdate();
    return sheets.includes(styleSheet!);
  };
  await until(isDrawn, 'the overlay');
  await element.updateComplete;
}

/** The people, or the button that shows them, are there. */
export async function peopleOf(element: VideoChatRoom): Promise<void> {
  const {shadowRoot} = element;
  await until(() => Boolean(shadowRoot?.querySelector('.people, [data-panel]')), 'people shown');
}

export function shadowOf(element: Element): ShadowRoot {
  if (!element.shadowRoot) throw new Error('not rendered');
  return element.shadowRoot;
}

/** Selectors and declarations of the rules that hold only if `condition` does. */
export function rulesFor(element: Element, condition: string): string {
  return shadowOf(element)
    .adoptedStyleSheets.flatMap(({cssRules}) => [...cssRules])
    .filter((rule) => rule instanceof CSSMediaRule)
    .filter(({media}) => media.mediaText.includes(condition))
    .flatMap(({cssRules}) => [...cssRules].map(({cssText}) => cssText))
    .join('\n');
}

/** The button of that name: its label, or its text. */
export function buttonOf(element: Element, name: string): HTMLButtonElement {
  const found = findButton(element, name);
  if (!found) throw new Error(`no button "${name}"`);
  return found;
}

export function findButton(element: Element, name: string): HTMLButtonElement | undefined {
  return [...shadowOf(element).querySelectorAll('button')].find(
    (button) =>
      [button.getAttribute('aria-label'), button.textContent.trim(), button.title].find(Boolean) ===
      name,
  );
}

/** Polls with a deadline. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function remove(): void {
  for (const element of document.querySelectorAll(TAG)) element.remove();
}

/** Fails in words. Comparing nodes with an assertion library prints both of them in full on a failure, documents included. */
export function expectFocus(on: Element | null): void {
  const root = on?.getRootNode();
  const active = root instanceof ShadowRoot ? root.activeElement : document.activeElement;
  if (on === null || active !== on)
    throw new Error(`the focus is on ${tell(active)}, not ${tell(on)}`);
}

export function expectSameNodes(
  actual: readonly (Element | null | undefined)[],
  expected: readonly (Element | null | undefined)[],
): void {
  if (actual.length === expected.length && actual.every((node, at) => node === expected[at]))
    return;
  throw new Error(`[${actual.map(tell).join()}] are not the nodes [${expected.map(tell).join()}]`);
}

function tell(node: Element | null | undefined): string {
  return node
    ? `<${node.localName} ${node.id} "${node.textContent.trim().slice(0, 40)}">`
    : 'nothing';
}

/** What a connected call has when its first moments are over. */
export async function untilTools(element: VideoChatRoom): Promise<void> {
  const {CallTools} = await import('../../widget/call-tools.js');
  const {styleSheet} = CallTools.styles[0]!;
  const sheets = shadowOf(element).adoptedStyleSheets;
  await until(() => sheets.includes(styleSheet!), 'the tools of the call');
  await element.updateComplete;
}
