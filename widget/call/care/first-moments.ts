/**
 * How long the first moments of a link last, from when somebody is there until the pictures have their full size: encoders,
 * decoders and the page share the processors. A test need not wait for it.
 */
export const firstMoments = {lastMs: 2_000};

/**
 * A picture begins small (`first-picture.ts`). By then the first ones have come through, and the
 * browser's estimate of the link has grown.
 */
export const LIFT_AFTER_MS = 700;
