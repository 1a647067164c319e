/**
 * `npm run bench -- directory`: a relay with a thousand real clients in one directory. What a
 * newcomer is sent, what one change costs everybody, and what it costs when all of them come at once.
 * Bytes and messages are held to budgets; times depend on the machine, and are printed only. Ends
 * with an error if a budget is exceeded.
 */
import {createRelayServer} from '../server/server.js';
import {readBudgets} from './lib/bundle-size.js';
import {Crowd} from './lib/crowd.js';

const CROWD = 1_000;
const DIRECTORY = 'everybody';

const {directory: budget} = readBudgets();
const relay = createRelayServer({port: 0, host: '127.0.0.1', stunUrl: [], logLevel: 'silent'});
const {url} = await relay.listen();
const crowd = new Crowd(url);

const number = (value: number): string => Math.round(value).toLocaleString('en');

function report(name: string, value: number, allowed?: number): void {
  const isOver = allowed !== undefined && value > allowed;
  const verdict = allowed === undefined ? '' : `${isOver ? 'OVER' : 'of'} ${number(allowed)}`;
  console.log(`  ${name.padEnd(48)}${number(value).padStart(12)}  ${verdict}`.trimEnd());
  if (isOver) process.exitCode = 1;
}

try {
  console.log(`\nA directory of ${number(CROWD)}, each a client of its own\n`);
  await crowd.connect(CROWD);

  console.log('All of them enter at once');
  const begun = performance.now();
  await Promise.all(crowd.visitors.map((visitor) => visitor.enter(DIRECTORY)));
  await crowd.until(({known}) => known.size === CROWD - 1);
  const tookMs = performance.now() - begun;
  report('messages for each', crowd.messages / CROWD, budget.messagesForEachWhenAllEnter);
  report('messages in all', crowd.messages);
  report('the same, were each change told alone', CROWD * (CROWD - 1));
  report('bytes for each', crowd.bytes / CROWD, budget.bytesForEachWhenAllEnter);
  report('ms until everybody knows everybody', tookMs);

  console.log('One more enters');
  crowd.reset();
  const [newcomer] = await crowd.connect(1);
  if (newcomer === undefined) throw new Error('nobody came');
  await newcomer.enter(DIRECTORY);
  report('messages for the newcomer', newcomer.messages);
  report('bytes for the newcomer', newcomer.bytes, budget.bytesForNewcomer);
  await crowd.until(({known, personId}) => personId === newcomer.personId || known.size === CROWD);
  const others = crowd.visitors.filter((visitor) => visitor !== newcomer);
  const most = (of: 'messages' | 'bytes'): number => Math.max(...others.map((each) => each[of]));
  report('messages for each of the others', most('messages'), budget.messagesForOneChange);
  report('bytes for each of the others', most('bytes'), budget.bytesForOneChange);

  console.log('One changes the name');
  crowd.reset();
  newcomer.socket.emit('profile', {displayName: 'Newcomer 0001'}, () => {});
  const knowsTheName = (of: typeof newcomer): boolean =>
    of === newcomer || of.known.get(newcomer.personId)?.displayName === 'Newcomer 0001';
  report('ms until everybody has seen it', await crowd.until(knowsTheName));
  report('messages for each', most('messages'), budget.messagesForOneChange);
  report('bytes for each', most('bytes'), budget.bytesForOneChange);
  report('bytes in all', crowd.bytes);

  console.log('One calls another');
  crowd.reset();
  const [callee] = crowd.visitors;
  if (callee === undefined) throw new Error('nobody is there');
  callee.socket.once('invitation', ({id}) => {
    callee.socket.emit('answer', {invitationId: id, response: 'accept'}, () => {});
  });
  newcomer.socket.emit('call', {personId: callee.personId}, () => {});
  const isSeen = (of: typeof newcomer): boolean =>
    [newcomer, callee].every(
      ({personId}) => of.personId === personId || of.known.get(personId)?.status === 'in-call',
    );
  report('ms until everybody sees both in a call', await crowd.until(isSeen));
  report('messages for each', most('messages'));

  console.log('The process, relay and clients together');
  report('MB of memory', process.memoryUsage().rss / 1e6);
} finally {
  crowd.close();
  await relay.close();
}
