import { hash, timingSafeEqual } from 'node:crypto'

/** SHA-256 in base64url. Enough for values of 256 random bits; nothing a person chose is kept so. */
export function sha256(value: string): string {
  return hash('sha256', value, 'base64url')
}

/** Compares two texts in a time that tells nothing about where they differ. */
export function isEqualSecret(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(one)), Buffer.from(sha256(other)))
}
