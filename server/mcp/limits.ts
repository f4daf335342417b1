/** Of the body of one request: a read and its filters need little; a batch of twenty has room. */
export const MAX_REQUEST_BYTES = 128 * 1024

/** Messages of one address at the public endpoint: nobody there can be asked to stop. */
export const PUBLIC_PER_MINUTE = 60
