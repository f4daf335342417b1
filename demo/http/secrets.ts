import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Hashes a secret for storage; plain SHA-256, because every secret here is public or random. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Tells whether a secret has this hash, in a time that does not depend on the answer. */
export function isSecret(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(hash))
}

/** Creates a token of 256 random bits. */
export function createToken(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`
}
