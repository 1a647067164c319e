/** The name and metadata that the others see are the present ones, whenever they changed. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {record, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

describe('the profile that the others see', () => {
  const suite = inPageSuite();
  const {person, listed} = suite;
  const seen = ({session}: Person): string | undefined => session.people[0]?.displayName;

  it('is the one that was set while the handshake was on its way', async () => {
    const [ana] = (await listed(['Ana'])) as [Person];
    suite.relay.delayMs = 30;
    const ben = person('', {directory: 'office', media: 'data'});
    await until(() => suite.relay.connected === 2, 'the handshake has arrived');
    expect(ben.session.signaling).to.equal('reconnecting');
    ben.session.configure({displayName: 'Ben'});
    await until(() => seen(ana) === 'Ben', 'Ana sees the name');
  });

  it('is told again if the relay could not take it', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as [Person, Person];
    const errors = record(ana.session, ['call-error']);
    const client = ana.client();
    const request = client.request.bind(client);
    let refusals = 0;
    client.request = (name, payload) => {
      if (name !== 'profile' || refusals++ > 0) return request(name, payload);
      return Promise.reject(new CallError('rate-limited', 'Too many requests.'));
    };
    ana.session.configure({displayName: 'Ann'});
    await until(() => seen(ben) === 'Ann', 'Ben sees the new name');
    expect(errors).to.deep.equal([]);
  });

  it('is the one that was typed a moment before the knock', async () => {
    const ana = person('Ana', {media: 'data'});
    await ana.session.join('lounge');
    const ben = person('', {media: 'data'});
    ben.session.warmUp();
    await until(() => ben.session.self !== null, 'the way to the relay is open');
    suite.relay.delayMs = 30;
    for (const displayName of ['B', 'Be', 'Ben']) {
      ben.session.configure({displayName});
      // The first letter is on its way when the next ones come.
      await new Promise((resolve) => setTimeout(resolve));
    }
    await ben.session.join('lounge');
    await until(() => ana.session.incoming.length > 0, 'Ben knocks');
    expect(ana.session.incoming[0]?.from.displayName).to.equal('Ben');
  });

  it('is the one that was typed while the handshake was on its way, in a knock that waited for it', async () => {
    const ana = person('Ana', {media: 'data'});
    await ana.session.join('lounge');
    suite.relay.delayMs = 30;
    const ben = person('', {media: 'data'});
    ben.session.warmUp();
    await until(() => suite.relay.connected === 2, 'the handshake has arrived');
    ben.session.configure({displayName: 'Ben'});
    await ben.session.join('lounge');
    await until(() => ana.session.incoming.length > 0, 'Ben knocks');
    expect(ana.session.incoming[0]?.from.displayName).to.equal('Ben');
  });

  it('is the last one of many, and the relay is not asked for each', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as [Person, Person];
    const before = suite.relay.requests.length;
    for (let i = 0; i < 50; i++) ana.session.configure({displayName: `Ana ${i}`});
    await until(() => seen(ben) === 'Ana 49', 'Ben sees the last name');
    const told = suite.relay.requests.slice(before).filter(({name}) => name === 'profile');
    expect(told.length).to.be.within(1, 2);
  });
});
