/**
 * The fields that messages are made of: ids, names, metadata, each with its limits. What is said
 * with them is `messages.ts`.
 */
import * as v from 'valibot';
import {
  MAX_CAPACITY,
  MAX_DISPLAY_NAME_LENGTH,
  MAX_ID_LENGTH,
  MAX_METADATA_BYTES,
  MAX_PERSON_ID_LENGTH,
  MAX_RING_TIMEOUT_MS,
  MIN_CAPACITY,
  MIN_RING_TIMEOUT_MS,
} from './limits.js';
import {codePointLength, hasUnseenCharacters, isRoomName, utf8Length} from './text.js';

const text = (maxLength: number) =>
  v.pipe(
    // The cheap check first: a code point is at most two units, so nothing long is ever walked.
    v.string(),
    v.maxLength(maxLength * 2),
    v.check((value) => codePointLength(value) <= maxLength, 'too long'),
    v.check((value) => !hasUnseenCharacters(value), 'control characters'),
  );

export const IdSchema = v.pipe(
  v.string(),
  v.maxLength(MAX_ID_LENGTH),
  v.regex(/^[A-Za-z0-9_-]{8,}$/),
);

/** Made by the relay like every other id, or the `sub` of an access token as it is. */
export const PersonIdSchema = v.pipe(text(MAX_PERSON_ID_LENGTH), v.minLength(1));

export const RoomNameSchema = v.pipe(v.string(), v.check(isRoomName, 'not a room name'));

/** Directories are named as rooms are. */
export const DirectoryNameSchema = RoomNameSchema;

export const DisplayNameSchema = text(MAX_DISPLAY_NAME_LENGTH);

/** Any JSON value whose text is at most `MAX_METADATA_BYTES` long; `null` says "none". */
export const MetadataSchema = v.pipe(
  v.unknown(),
  v.check((value) => {
    try {
      const json = JSON.stringify(value ?? null);
      return json.length <= MAX_METADATA_BYTES && utf8Length(json) <= MAX_METADATA_BYTES;
    } catch {
      return false;
    }
  }, 'not JSON, or too large'),
  // A copy that is JSON and nothing else: what has a `toJSON`, or came as binary, is not passed on as it is.
  v.transform((value): unknown => JSON.parse(JSON.stringify(value ?? null))),
);

export const CapacitySchema = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(MIN_CAPACITY),
  v.maxValue(MAX_CAPACITY),
);

/** How long a knock or call waits for an answer. Milliseconds. */
export const RingTimeoutSchema = v.pipe(
  v.number(),
  v.minValue(MIN_RING_TIMEOUT_MS),
  v.maxValue(MAX_RING_TIMEOUT_MS),
);
