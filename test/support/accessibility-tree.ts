/**
 * A page as assistive technology gets it from Chromium: what there is by role, name and state, through
 * shadow roots, and what live regions say. It knows no selector and no element of ours.
 */
import type {CDPSession, Page, Protocol} from 'puppeteer-core';

type RawNode = Protocol.Accessibility.AXNode;

type State = string | number | boolean;

export interface TreeNode {
  readonly role: string;
  readonly name: string;
  /** From `aria-describedby` or `title`. */
  readonly description: string;
  readonly value: string;
  /** `expanded: false`, `focused: true`, `live: "polite"`…: only what is worth telling. */
  readonly states: Readonly<Record<string, State>>;
  readonly children: readonly TreeNode[];
  /** Of the node in the document from which this one comes. */
  readonly backendId: number | undefined;
}

/** Boxes without a meaning of their own: what is in them stands for them. */
const BOXES = ['generic', 'none', 'RootWebArea', 'LabelText', 'LineBreak', 'MenuListPopup'];
/** Pieces of a text for the drawing of lines and of list bullets. */
const UNSPOKEN = ['InlineTextBox', 'ListMarker'];

/** What is told of a node, in this order. */
const STATES = [
  ...['focused', 'expanded', 'pressed', 'checked', 'disabled', 'invalid', 'required'],
  ...['modal', 'busy', 'live', 'atomic', 'level', 'keyshortcuts', 'readonly', 'multiline'],
];

export class AccessibilityTree {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  /** Assistive technology arrives at the page. */
  static async of(page: Page): Promise<AccessibilityTree> {
    const session = await page.createCDPSession();
    await session.send('Accessibility.enable');
    return new AccessibilityTree(session);
  }

  /** What there is at the moment, from the page down. */
  async read(): Promise<readonly TreeNode[]> {
    const {nodes} = await this.#session.send('Accessibility.getFullAXTree');
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const [root] = nodes;
    return root ? spoken(root, byId) : [];
  }

  /** Gives a node the focus, as a screen reader does before it presses something. */
  async focus({backendId}: TreeNode): Promise<void> {
    await this.#session.send('DOM.focus', {backendNodeId: backendId!});
  }
}

/** A node with what is in it; for a box without a meaning, what is in it. */
function spoken(node: RawNode, byId: ReadonlyMap<string, RawNode>): TreeNode[] {
  const role = String(node.role?.value ?? '');
  if (UNSPOKEN.includes(role)) return [];
  const name = clean(node.name?.value);
  const children = (node.childIds ?? []).flatMap((id) => {
    const child = byId.get(id);
    return child ? spoken(child, byId) : [];
  });
  const states = statesOf(node, role);
  const isBox = node.ignored || (BOXES.includes(role) && name === '' && !states['live']);
  if (isBox || role === 'RootWebArea') return children;
  // A text between two elements is one of the layout, too.
  if (role === 'StaticText' && name === '') return [];
  return [
    {
      role,
      name,
      description: clean(node.description?.value),
      value: clean(node.value?.value),
      states,
      // What a node is called is not said a second time.
      children: textOf(children) === name ? children.filter(isNoText) : children,
      backendId: node.backendDOMNodeId,
    },
  ];
}

const isNoText = ({role}: TreeNode): boolean => role !== 'StaticText';

function statesOf({properties = []}: RawNode, role: string): TreeNode['states'] {
  const all = new Map<string, State | undefined>(
    properties.map(({name, value}) => [name, value.value as State]),
  );
  const isLive = (all.get('live') ?? 'off') !== 'off';
  const isTold = (state: string, value: State): boolean => {
    // What can be opened says so when it is closed, too; a live region, whether it is read as a whole.
    if (state === 'expanded') return role !== 'combobox';
    if (state === 'atomic') return isLive;
    if (state === 'level') return role === 'heading';
    return ![false, 'false', 'off', ''].includes(value as string);
  };
  return Object.fromEntries(
    // The options of a list that is closed are all called disabled.
    (role === 'option' ? [] : STATES).flatMap((state) => {
      const value = all.get(state);
      return value !== undefined && isTold(state, value) ? [[state, value]] : [];
    }),
  );
}

function clean(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value).replace(/\s+/g, ' ').trim()
    : '';
}

/** All text below some nodes, one line. */
export function textOf(nodes: readonly TreeNode[]): string {
  return nodes
    .map(({role, name, children}) => (role === 'StaticText' ? name : textOf(children)))
    .filter(Boolean)
    .join(' ');
}

/** Every node, in the order in which they are read. */
export function flat(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

/** One line a node: `button "Chat" (2 unread messages) [expanded] = value`. */
export function written(nodes: readonly TreeNode[], indent = ''): string {
  return nodes
    .map((node) => {
      const {role, name, description, value, states, children} = node;
      const told = Object.entries(states).map(([state, is]) =>
        is === true || is === 'true'
          ? state
          : is === false
            ? `not ${state}`
            : `${state}=${String(is)}`,
      );
      const line = [
        role === 'StaticText' ? 'text' : role,
        ...(name ? [JSON.stringify(name)] : []),
        ...(description ? [`(${description})`] : []),
        ...(told.length > 0 ? [`[${told.join(', ')}]`] : []),
        ...(value ? [`= ${JSON.stringify(value)}`] : []),
      ].join(' ');
      return `${indent}${line}\n${written(children, `${indent}  `)}`;
    })
    .join('');
}
