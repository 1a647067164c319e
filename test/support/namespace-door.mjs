/**
 * Runs inside a network namespace: whoever comes through this Unix socket, which is a file and so
 * known outside too, is led to a port of the namespace's own loopback interface.
 *
 *   node namespace-door.mjs SOCKET PORT
 */
import {connect, createServer} from 'node:net';

const [path, port] = process.argv.slice(2);

createServer((outside) => {
  const inside = connect(Number(port), '127.0.0.1');
  outside.pipe(inside).pipe(outside);
  outside.on('error', () => inside.destroy());
  inside.on('error', () => outside.destroy());
}).listen(path, () => process.stdout.write('open\n'));
