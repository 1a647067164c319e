/**
 * What one decision has to say to people and to the log, in order. Nothing leaves it until the
 * decision is stored, so that one that loses a race is simply thrown away.
 */
import type {RelayEvent, RelayEventName} from '../../protocol/messages.js';
import type {Address, Delivery} from './ports.js';

/** A line for the log: one for each thing that happened to somebody. */
export interface Note {
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number>>;
}

export class Outbox {
  readonly deliveries: Delivery[] = [];
  readonly notes: Note[] = [];

  tell<Name extends RelayEventName>(to: Address, event: Name, payload: RelayEvent<Name>): void {
    // That the two belong together is said by the signature; a union does not follow it.
    this.deliveries.push({to, event, payload} as unknown as Delivery);
  }

  note(message: string, fields: Note['fields']): void {
    this.notes.push({message, fields});
  }
}
