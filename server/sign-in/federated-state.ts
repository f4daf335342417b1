import { randomBytes } from 'node:crypto'
import { isTenantLabel } from '../realm.ts'

const RANDOM_BYTES = 24

/** Makes the `state` of a sign-in elsewhere; the way back to the interaction stands in it. */
export function createFederatedState(label: string, uid: string): string {
  return [label, uid, randomBytes(RANDOM_BYTES).toString('base64url')].join('.')
}

/**
 * Reads where a `state` leads back to. Nothing is believed by that: the interaction's own cookie and
 * the whole `state` are checked there.
 *
 * @returns `null` for what this server never makes
 */
export function parseFederatedState(
  state: string,
): { readonly label: string; readonly uid: string } | null {
  const [label, uid = '', random = '', ...rest] = state.split('.')
  if (label === undefined || rest.length > 0) return null
  if (label !== '' && !isTenantLabel(label)) return null
  return [uid, random].every((part) => /^[\w-]{10,64}$/.test(part)) ? { label, uid } : null
}
