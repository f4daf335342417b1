import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/** Seals texts with AES-256-GCM (NIST SP 800-38D) under a key of its own. */
export interface Seal {
  /** @param context where the sealed text belongs, for example a grant's id; it opens nowhere else */
  close(plain: string, context: string): string
  /** @throws {Error} if it was sealed under another key or for another context, or was altered */
  open(sealed: string, context: string): string
}

/**
 * Makes the seal for one purpose.
 *
 * @param secretKey 32 bytes; every purpose has its own key under it (HKDF, RFC 5869)
 */
export function createSeal(secretKey: Buffer, purpose: string): Seal {
  const key = deriveKey(secretKey, purpose)
  return {
    close(plain, context) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url')
      const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag)
      const body = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES))
      return Buffer.concat([body, decipher.final()]).toString('utf8')
    },
  }
}

/** A key of its own for one purpose, 32 bytes. */
export function deriveKey(secretKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, Buffer.alloc(0), purpose, KEY_BYTES))
}
