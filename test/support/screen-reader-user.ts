/**
 * A person who has nothing but what the accessibility tree offers: finds everything by role and name,
 * gives it the focus, presses keys, and hears what live regions say. Never looks at the document.
 */
import type {KeyInput, Page} from 'puppeteer-core';
import {AccessibilityTree, flat, textOf, written, type TreeNode} from './accessibility-tree.js';
import {poll} from './e2e.js';

/** What a node must have besides its role and name. */
export interface Wanted {
  readonly states?: TreeNode['states'];
  readonly description?: string | RegExp;
  /** Somewhere in what is inside it. */
  readonly text?: string;
}

export class ScreenReaderUser {
  readonly #name: string;
  readonly #page: Page;
  readonly #tree: AccessibilityTree;
  /** What each live region held when it was read last, piece by piece. */
  readonly #regions = new Map<number, readonly string[]>();
  /** What was said and has not been waited for. */
  #said: string[] = [];

  private constructor(name: string, page: Page, tree: AccessibilityTree) {
    this.#name = name;
    this.#page = page;
    this.#tree = tree;
  }

  static async on(name: string, page: Page): Promise<ScreenReaderUser> {
    return new ScreenReaderUser(name, page, await AccessibilityTree.of(page));
  }

  /** Resolves with the node once it is there and as wanted. */
  async finds(role: string, name: string, wanted: Wanted = {}): Promise<TreeNode> {
    const {states = {}, description, text} = wanted;
    return this.#until(`${role} "${name}" ${JSON.stringify(wanted)}`, (nodes) =>
      nodes.find(
        (node) =>
          node.role === role &&
          node.name === name &&
          Object.entries(states).every(([state, value]) => node.states[state] === value) &&
          (description === undefined || node.description.match(description) !== null) &&
          (text === undefined || textOf(node.children).includes(text)),
      ),
    );
  }

  async press(role: string, name: string, key: KeyInput = 'Enter'): Promise<void> {
    await this.#tree.focus(await this.finds(role, name));
    await this.#page.keyboard.press(key);
  }

  async types(name: string, text: string): Promise<void> {
    await this.#tree.focus(await this.finds('textbox', name));
    await this.#page.keyboard.type(text);
  }

  /** A key, wherever the focus is. */
  async key(key: KeyInput): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  /** Resolves once a live region has said this, after whatever was waited for before. */
  async hears(words: string): Promise<void> {
    await this.#until(`"${words}" to be said`, () => this.#said.includes(words));
    this.#said = this.#said.slice(this.#said.indexOf(words) + 1);
  }

  async #until<Answer>(
    what: string,
    ask: (nodes: readonly TreeNode[]) => Answer,
  ): Promise<NonNullable<Answer>> {
    let told = '';
    const answer = await poll(
      async () => {
        const tree = await this.#tree.read();
        told = written(tree);
        const nodes = flat(tree);
        this.#listen(nodes);
        return ask(nodes);
      },
      {what: `${what} for ${this.#name}`},
    ).catch((error: unknown) => {
      const said = this.#said.join(' | ');
      throw new Error(`${String(error)}; said was: ${said}; what there is:\n${told}`);
    });
    return answer as NonNullable<Answer>;
  }

  /** A region that appears with words in it says nothing: only what changes in one is read out. */
  #listen(nodes: readonly TreeNode[]): void {
    for (const {states, children, backendId} of nodes) {
      if (!states['live'] || backendId === undefined) continue;
      const now = states['atomic'] ? [textOf(children)] : piecesOf(children);
      const before = this.#regions.get(backendId);
      this.#regions.set(backendId, now);
      if (!before) continue;
      this.#said.push(...now.filter((text) => text !== '' && !before.includes(text)));
    }
  }
}

/** The texts of a region that is read piece by piece, without the marks that keep names apart from what is around them. */
function piecesOf(nodes: readonly TreeNode[]): string[] {
  return flat(nodes)
    .filter(({role}) => role === 'StaticText')
    .map(({name}) => name.replace(/[\u2068\u2069]/g, ''));
}
