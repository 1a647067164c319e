/**
 * How long the first moments of a link last, from when somebody is there until the pictures have their full size: encoders,
 * decoders and the page share the processors. A test need not wait for it.
 */
export const firstMoments = {lastMs: 2_000};
