/**
 * `npm run bench`: the bytes of the script tag's bundle, chunk by chunk, against their budgets.
 * Ends with an error if one is exceeded.
 */
import {limitOf, measureBundle, readBudgets, totalOf, type Stage} from './lib/bundle-size.js';

const budgets = readBudgets();
const chunks = measureBundle(budgets);

const row = (name: string, gzip: number, brotli: number, note = ''): string =>
  `${name.padEnd(44)}${String(gzip).padStart(8)}${String(brotli).padStart(8)}  ${note}`.trimEnd();

console.log('Bundle size in bytes\n');
console.log(`${'chunk'.padEnd(44)}${'gzip'.padStart(8)}${'brotli'.padStart(8)}  loaded`);
for (const {file, gzip, brotli, stage} of chunks) console.log(row(file, gzip, brotli, stage));

const call: Stage[] = ['idle', 'first call'];
const totals: [name: string, stages: Stage[], budget?: number][] = [
  ['idle element', ['idle'], budgets.idle.gzip],
  ['first call, in all, for whoever comes', call, budgets.firstCall.gzip],
  ['with what is fetched while it rings', [...call, 'ringing'], budgets.ringing.gzip],
  ['and for whoever waited', [...call, 'ringing', 'waiting'], budgets.waiting.gzip],
  ['and five seconds later', [...call, 'ringing', 'waiting', 'ahead']],
];
console.log();
for (const [name, stages, budget] of totals) {
  const gzip = totalOf(chunks, stages, 'gzip');
  const over = budget !== undefined && gzip > budget;
  const note = budget === undefined ? '' : `${over ? 'OVER' : 'of'} ${budget}`;
  console.log(row(name, gzip, totalOf(chunks, stages, 'brotli'), note));
  if (over) process.exitCode = 1;
}
for (const chunk of chunks) {
  const limit = limitOf(chunk, budgets);
  if (limit === undefined || chunk.gzip <= limit) continue;
  console.log(`${chunk.file} is OVER ${limit}`);
  process.exitCode = 1;
}
