/**
 * What only some calls need, as chunks of their own: the people, the panels beside a call, and the
 * bells. Fetched as soon as it may be needed, there when it has come; a call goes on without.
 */
import type {Bells} from './bells.js';
import {CallError} from './call/call-error.js';
import type {CallContext} from './call-surface.js';
import type {NoticeList} from './notice-list.js';
import type {PeopleUi} from './people-ui.js';
import type {SidePanels} from './side-panels.js';

export class LateParts {
  people: PeopleUi | null = null;
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
    const {directory} = this.#context.page();
    const {status} = this.#context.session.state;
    if (directory) void this.#fetch('people', () => this.#fetchPeople());
    if (directory || isAsked || status === 'waiting') {
      void this.#fetch('bells', () => this.#fetchBells());
    }
  }

  async #fetchPeople(): Promise<void> {
    const [{PeopleUi}, {SidePanels}] = await Promise.all([
      import('./people-ui.js'),
      import('./side-panels.js'),
    ]);
    if (this.#signal.aborted) return;
    const context = this.#context;
    if (this.panels === null) {
      context.onChunk(SidePanels);
      this.panels = new SidePanels(context);
    }
    const {panels} = this;
    context.onChunk(PeopleUi);
    this.people = new PeopleUi(context, {
      notices: this.#notices,
      closePanel: () => {
        panels.open = null;
      },
    });
  }

  async #fetchBells(): Promise<void> {
    const {Bells} = await import('./bells.js');
    if (!this.#signal.aborted) this.bells = new Bells(this.#context, this.#signal);
  }

  async #fetch(name: string, load: () => Promise<void>): Promise<void> {
    if (this.#wanted.has(name)) return;
    this.#wanted.add(name);
    try {
      await load();
      this.#context.host.requestUpdate();
    } catch (cause) {
      // Nobody asked for the bells; they are tried again on the next occasion.
      if (name === 'bells') this.#wanted.delete(name);
      else this.#context.report(new CallError('relay-unreachable', `No ${name}.`, {cause}));
    }
  }
}
