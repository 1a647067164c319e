/**
 * Every bound that both sides agree on, each with its reason. The relay enforces them; the client
 * checks them first so that a person hears about it before anything is sent.
 */

/** Bumped when an old client and a new relay could misunderstand each other. */
export const PROTOCOL_VERSION = 1;

/** Room names are typed, read out and put into links: long enough for a slug, short enough for a phone. In code points. */
export const MAX_ROOM_NAME_LENGTH = 64;

/** A name that fits a tile; longer ones are cut by the client, refused by the relay. In code points. */
export const MAX_DISPLAY_NAME_LENGTH = 80;

/** Metadata is copied to everybody in the room, so it stays a label, not a document. Bytes of JSON in UTF-8. */
export const MAX_METADATA_BYTES = 1024;

/** Browsers' offers for eight transceivers stay under 30 kB; twice that leaves room and still bounds a flood. */
export const MAX_SDP_LENGTH = 65_536;

/** A candidate line is about 150 characters; IPv6 with extensions and a user name fragment stays under 500. */
export const MAX_CANDIDATE_LENGTH = 1024;

/** Candidates are sent in batches; a host with many interfaces gathers a few dozen. */
export const MAX_CANDIDATES_PER_SIGNAL = 64;

/** One Socket.IO packet. The largest legal one is an offer plus its envelope, escaped. Bytes. */
export const MAX_PACKET_BYTES = 131_072;

/** Identifiers are made by the relay (22 characters of base64url) and only ever echoed by clients. */
export const MAX_ID_LENGTH = 64;

/**
 * Whom an access token's `sub` names, verbatim: subjects of the common identity providers stay
 * below it, and a list of a thousand people stays small. In code points.
 */
export const MAX_PERSON_ID_LENGTH = 128;

/** A signed resume or access token. */
export const MAX_TOKEN_LENGTH = 4096;

/** A mesh of more sends every camera too many times; `--max-peers` may lower it further. */
export const MAX_CAPACITY = 32;
export const MIN_CAPACITY = 2;
export const DEFAULT_CAPACITY = 2;

/** How long a knock or call may wait for an answer. People need more than 30 s to reach a phone. */
export const DEFAULT_RING_TIMEOUT_MS = 60_000;
export const MIN_RING_TIMEOUT_MS = 1_000;
export const MAX_RING_TIMEOUT_MS = 120_000;

/** Windows, phones and forgotten tablets of one signed-in person; more is a program. */
export const MAX_TABS_PER_PERSON = 32;

/** More people at the door than this is a flood, not a queue. */
export const MAX_KNOCKS_PER_ROOM = 16;

/** So many people in one message of a directory's list: about 64 kB at most of names, less than a packet without metadata. */
export const MAX_PEOPLE_PER_MESSAGE = 100;

/**
 * One data-channel message. 64 kB is what every browser interoperates on without fragmentation
 * surprises (RFC 8831 section 6.6; Firefox's old stream limit). Bytes.
 */
export const MAX_PEER_FRAME_BYTES = 65_535;

/**
 * What a receiver holds for a peer until it has loaded the code that understands it, and so what a
 * sender may send before it has heard `ready`. Bytes.
 */
export const MAX_EARLY_BYTES = 1_048_576;
