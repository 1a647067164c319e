/**
 * The bounds of what people and their pages say to each other, each with its reason. Apart from
 * `limits.ts`, for a page needs these only when somebody has something to say.
 */

/** What a host page may hand over in one piece; both sides hold it in memory. Files are the way for more. Bytes. */
export const MAX_HOST_MESSAGE_BYTES = 67_108_864;

/** A chat message is a message, not a document; as JSON it fits into one frame whatever it says. In code points. */
export const MAX_CHAT_LENGTH = 10_000;

/**
 * One file. The receiver keeps it as a `Blob`, which browsers move to the disk, but the names of its
 * places are held as 32-bit numbers here and there, and half an hour is long enough. Bytes.
 */
export const MAX_FILE_BYTES = 2_147_483_648;

/** At once, from one peer to another. More would each be slower, and be no sooner there. */
export const MAX_FILES_AT_ONCE = 8;

/** Sent and not confirmed, of one file: enough for 40 MB a second over a path of 200 ms. Bytes. */
export const MAX_UNCONFIRMED_FILE_BYTES = 8_388_608;

/** What file systems take, counted as people count; what is longer is cut, and keeps its ending. In code points. */
export const MAX_FILE_NAME_LENGTH = 120;

/** The longest registered media type has 75 characters. */
export const MAX_FILE_TYPE_LENGTH = 127;
