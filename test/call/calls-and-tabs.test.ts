/** Who is called is listed with one tab or several, here or elsewhere, sooner or later: both ends agree whether it rings. */
import {expect} from 'chai';
import {record, statusOf, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

type Two = [Person, Person];

const idOf = ({session}: Person): string => session.self!.personId;

describe('a call to somebody', () => {
  const suite = inPageSuite();
  const {person, listed} = suite;
  const page = {directory: 'office', media: 'data'} as const;

  const isRung = ({session}: Person): boolean => session.incoming.length === 1;

  async function ringing(): Promise<Two> {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as Two;
    await ana.session.call(idOf(ben));
    await until(() => isRung(ben), 'it rings');
    return [ana, ben];
  }

  async function twoTabs(second: {directory?: string}): Promise<[Person, Person, Person]> {
    const ana = person('Ana', page);
    const first = person('Ben', page, 'ben-person');
    const other = person('Ben', {media: 'data', ...second}, 'ben-person');
    await until(() => ana.session.people.length === 1, 'Ben is listed');
    if (second.directory === undefined) await other.session.join('side');
    await until(() => other.session.signaling === 'open', 'the other tab is there');
    return [ana, first, other];
  }

  it('who moves to another directory is over for both', async () => {
    const [ana, ben] = await ringing();
    const ended = record(ben.session, ['call-ended']);
    ben.session.configure({directory: 'shop'});
    await statusOf(ana.session, 'left');
    expect(ana.session.state).to.include({reason: 'unreachable'});
    await until(() => !isRung(ben), 'it does not ring any more');
    expect(ended).to.have.length(1);
    expect(ended[0]![1]).to.include({reason: 'unreachable'});
  });

  it('who is listed nowhere for a moment is over for both', async () => {
    const [ana, ben] = await ringing();
    ben.session.configure({directory: undefined});
    ben.session.configure({directory: 'office'});
    await statusOf(ana.session, 'left');
    expect(ben.session.incoming).to.deep.equal([]);
    await until(() => ben.session.people.length === 1, 'listed again');
    await ben.session.call(idOf(ana));
    await until(() => isRung(ana), 'neither is busy');
  });

  it('rings on, on every tab, when one of two moves', async () => {
    const [ana, first, other] = await twoTabs({directory: 'office'});
    await until(() => other.session.people.length === 1, 'both are listed');
    await ana.session.call('ben-person');
    await until(() => isRung(first) && isRung(other), 'both ring');
    first.session.configure({directory: 'shop'});
    await until(() => first.session.state.directory === 'shop', 'moved');
    await first.session.accept();
    await statusOf(ana.session, 'in-call');
    await until(() => !isRung(other), 'answered elsewhere');
  });

  it('ends on a tab in another directory with the last one where they were found', async () => {
    const [ana, first, other] = await twoTabs({directory: 'shop'});
    await ana.session.call('ben-person');
    await until(() => isRung(first) && isRung(other), 'both ring');
    first.session.configure({directory: undefined});
    await statusOf(ana.session, 'left');
    await until(() => !isRung(other), 'over');
  });

  it('rings on a tab that is in a room, and goes on when that one is listed', async () => {
    const [ana, first, other] = await twoTabs({});
    await ana.session.call('ben-person');
    await until(() => isRung(first) && isRung(other), 'both ring');
    const heard = record(other.session, ['call-ended', 'call-request']);
    other.session.configure({directory: 'office'});
    await until(() => other.session.people.length === 1, 'listed');
    expect(isRung(other)).to.equal(true);
    await other.session.leave();
    expect(isRung(other)).to.equal(true);
    expect(heard).to.deep.equal([]);
    await other.session.accept();
    await statusOf(ana.session, 'in-call');
  });

  it('is told to a tab that comes while it rings, and is in a room before it is listed', async () => {
    const ana = person('Ana', page);
    const first = person('Ben', page, 'ben-person');
    await until(() => ana.session.people.length === 1, 'Ben is listed');
    await ana.session.call('ben-person');
    await until(() => isRung(first), 'it rings');
    const late = person('Ben', {media: 'data'}, 'ben-person');
    await late.session.join('side');
    late.session.configure({directory: 'office'});
    await until(() => late.session.people.length === 1, 'listed');
    expect(isRung(late)).to.equal(true);
    await ana.session.leave();
    await until(() => !isRung(late) && !isRung(first), 'over');
  });

  it('ends for a tab that leaves its room, and is listed nowhere', async () => {
    const [ana, , other] = await twoTabs({});
    await ana.session.call('ben-person');
    await until(() => isRung(other), 'it rings');
    const ended = record(other.session, ['call-ended']);
    await other.session.leave();
    expect(other.session.incoming).to.deep.equal([]);
    expect(ended).to.have.length(1);
    expect(ana.session.status).to.equal('calling');
  });
});
