/**
 * No value makes a schema throw, none gets through that does not parse again to itself, and what
 * gets through is never larger than what the limits allow. `FUZZ_SEED` repeats a run.
 */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import {MAX_PACKET_BYTES} from '../../protocol/limits.js';
import {
  EventSchemas,
  HandshakeSchema,
  ReplySchemas,
  RequestSchemas,
} from '../../protocol/messages.js';
import {parsePeerMessage} from '../../protocol/peer-messages.js';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 0x7fff_ffff);
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);
console.log(`relay-parsers: FUZZ_SEED=${seed} FUZZ_RUNS=${numRuns}`);

/** Values that often have the right fields, with anything in them. */
const FIELDS = [
  ...['protocol', 'room', 'capacity', 'ringTimeoutMs', 'resume', 'invitationId', 'response', 'to'],
  ...['from', 'linkId', 'description', 'candidates', 'displayName', 'metadata', 'type', 'sdp'],
  ...['candidate', 'sdpMid', 'id', 'kind', 'reason', 'peerId', 'ok', 'outcome', '__proto__'],
];
const WORDS = ['offer', 'accept', 'seated', 'knock', 'left', 'abcdefgh', 'lobby'];
const leaf = fc.oneof(
  fc.anything({withBigInt: true, withTypedArray: true, withNullPrototype: true}),
  fc.constantFrom(...WORDS, 1, 2, true, null),
);
const {message} = fc.letrec<{value: unknown; message: object}>((tie) => ({
  value: fc.oneof({maxDepth: 3}, leaf, tie('message'), fc.array(tie('message'), {maxLength: 3})),
  message: fc.dictionary(fc.constantFrom(...FIELDS), tie('value'), {maxKeys: 8}),
}));

const schemas: Record<string, v.GenericSchema> = {
  handshake: HandshakeSchema,
  ...Object.fromEntries(Object.entries(RequestSchemas).map(([k, s]) => [`request ${k}`, s])),
  ...Object.fromEntries(Object.entries(ReplySchemas).map(([k, s]) => [`reply ${k}`, s])),
  ...Object.fromEntries(Object.entries(EventSchemas).map(([k, s]) => [`event ${k}`, s])),
};

for (const [name, schema] of Object.entries(schemas)) {
  test(`never throws, and means what it lets through: ${name}`, () => {
    fc.assert(
      fc.property(fc.oneof(leaf, message), (value) => {
        const result = v.safeParse(schema, value);
        if (!result.success) return;
        assert.deepEqual(v.parse(schema, result.output), result.output);
        assert(JSON.stringify(result.output).length <= MAX_PACKET_BYTES * 2, 'within bounds');
      }),
      {seed, numRuns},
    );
  });
}

test('never throws: messages of peers', () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    message.map((value) => safely(value)),
  );
  fc.assert(
    fc.property(text, (each) => void parsePeerMessage(each)),
    {seed, numRuns},
  );
});

function safely(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
