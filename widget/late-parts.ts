/**
 * What a call can begin without, as chunks of their own: the people, the way to the chat, the panels
 * beside a call, and the bells. Fetched as soon as it may be needed, there when it has come.
 */
import type {Bells} from './bells.js';
import type {ChatDoor} from './chat-door.js';
import {CallError} from './call/call-error.js';
import {isActive} from './call/call-state.js';
import type {CallContext} from './call-surface.js';
import type {NoticeList} from './notice-list.js';
import type {PeopleUi} from './people-ui.js';
import type {SidePanels} from './side-panels.js';

export class LateParts {
  people: PeopleUi | null = null;
  chat: ChatDoor | null = null;
  panels: SidePanels | null = null;
  bells: Bells | null = null;
  readonly #context: CallContext;
  readonly #signal: AbortSignal;
  readonly #notices: NoticeList;
  readonly #wanted = new Set<string>();

  constructor(context: CallContext, notices: NoticeList, signal: AbortSignal) {
    this.#context = context;
    this.#notices = notices;
    this.#signal = signal;
  }

  /** After every rendering. */
  update(isAsked: boolean): void {
    const context = this.#context;
    const signal = this.#signal;
    const notices = this.#notices;
    const {directory} = context.page();
    const {state} = context.session;
    if (isActive(state)) {
      this.#fetch(
        'chat',
        () => import('./chat-door.js'),
        ({ChatDoor}, panels) => {
          this.chat = new ChatDoor(context, notices, panels, signal);
        },
      );
    }
    if (directory) {
      this.#fetch(
        'people',
        () => import('./people-ui.js'),
        ({PeopleUi}, panels) => {
          const closePanel = (): void => {
            panels.open = null;
          };
          context.onChunk(PeopleUi);
          this.people = new PeopleUi(context, {notices, closePanel});
        },
      );
    }
    if (directory || isAsked || state.status === 'waiting') {
      this.#fetch(
        'bells',
        () => import('./bells.js'),
        ({Bells}) => {
          this.bells = new Bells(context, signal);
        },
      );
    }
  }

  #fetch<Module>(
    name: string,
    load: () => Promise<Module>,
    use: (module: Module, panels: SidePanels) => void,
  ): void {
    if (this.#wanted.has(name)) return;
    this.#wanted.add(name);
    Promise.all([load(), import('./side-panels.js')])
      .then(([module, {SidePanels}]) => {
        if (this.#signal.aborted) return;
        if (this.panels === null) {
          this.#context.onChunk(SidePanels);
          this.panels = new SidePanels(this.#context);
        }
        use(module, this.panels);
        this.#context.host.requestUpdate();
      })
      .catch((cause: unknown) => {
        // Nobody asked for the others; they are tried again on the next occasion.
        if (name !== 'people') this.#wanted.delete(name);
        else this.#context.report(new CallError('relay-unreachable', name, {cause}));
      });
  }
}
