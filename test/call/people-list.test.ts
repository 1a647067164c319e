/** The list of a directory's people: by news, against a naive model, and at the size of a company. */
import {expect} from 'chai';
import * as fc from 'fast-check';
import type {PersonState} from '../../widget/call/call-state.js';
import {combine, mergePeople, type PeopleNews} from '../../widget/call/people-list.js';

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const news: fc.Arbitrary<PeopleNews> = fc.record({
  isSnapshot: fc.boolean(),
  people: fc.array(
    fc.record(
      {
        personId: ids,
        displayName: fc.constantFrom('Ana', 'ana', 'Äbel', 'Zoe'),
        status: fc.constantFrom('available' as const, 'in-call' as const),
        metadata: fc.constantFrom(null, {desk: 7}),
      },
      {requiredKeys: ['personId']},
    ),
  ),
  gone: fc.array(ids),
});

function naive(messages: readonly PeopleNews[]): Map<string, PersonState> {
  const people = new Map<string, PersonState>();
  for (const message of messages) {
    if (message.isSnapshot) people.clear();
    for (const personId of message.gone) people.delete(personId);
    for (const {
      personId,
      displayName = '',
      metadata = null,
      status = 'available',
    } of message.people) {
      people.set(personId, {personId, displayName, metadata, status});
    }
  }
  return people;
}

describe("a directory's people", () => {
  it('are those whom the messages leave, in order, one by one or all at once', () => {
    fc.assert(
      fc.property(fc.array(news, {maxLength: 8}), (messages) => {
        let list: readonly PersonState[] = [];
        for (const message of messages) list = mergePeople(list, message);
        const expected = [...naive(messages).values()].sort(
          (a, b) =>
            a.displayName.localeCompare(b.displayName) || (a.personId < b.personId ? -1 : 1),
        );
        expect(list).to.deep.equal(expected);
        expect(mergePeople([], combine(messages, ''))).to.deep.equal(expected);
      }),
      {numRuns: 500},
    );
  });

  it('are the same list when there is nothing new', () => {
    const people = [{personId: 'a', displayName: 'Ana', metadata: {desk: 7}}, {personId: 'b'}];
    const first = mergePeople([], {isSnapshot: true, people, gone: []});
    const again = mergePeople(first, {isSnapshot: true, people, gone: ['x']});
    expect(again).to.equal(first);
  });

  it('do not have oneself among them', () => {
    const people = [{personId: 'a'}, {personId: 'b'}];
    const list = mergePeople([], combine([{isSnapshot: false, people, gone: []}], 'a'));
    expect(list.map(({personId}) => personId)).to.deep.equal(['b']);
  });

  it('who have not changed are the same objects, and are not compared by name again', () => {
    const people = Array.from({length: 1000}, (_, index) => ({
      personId: `p${index}`,
      displayName: `Person ${(index * 7919) % 1000}`,
    }));
    const before = mergePeople([], {isSnapshot: true, people, gone: []});
    let compared = 0;
    const own = Object.getOwnPropertyDescriptor(Intl.Collator.prototype, 'compare')!;
    Object.defineProperty(Intl.Collator.prototype, 'compare', {
      configurable: true,
      get(this: Intl.Collator) {
        compared++;
        return own.get!.call(this) as Intl.Collator['compare'];
      },
    });
    try {
      const entry = {personId: 'p5', displayName: 'Person 1a'};
      const after = mergePeople(before, {isSnapshot: false, people: [entry], gone: ['p7']});
      expect(after).to.have.length(999);
      expect(after.filter((person) => before.includes(person))).to.have.length(998);
      expect(compared).to.be.at.most(1000);
    } finally {
      Object.defineProperty(Intl.Collator.prototype, 'compare', own);
    }
  });
});
