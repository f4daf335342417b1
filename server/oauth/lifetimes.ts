const MINUTE = 60

/** An authorization code is exchanged at once, or not at all. */
export const CODE_TTL_SECONDS = 60
/** Signing in, choosing and deciding may take this long. */
export const INTERACTION_TTL_SECONDS = 15 * MINUTE
