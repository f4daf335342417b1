import type { Adapter } from 'oidc-provider'
import { isEqualSecret, sha256 } from '../hash.ts'
import { clientTypeOf } from '../known-clients.ts'
import { parsePayload, type AdapterOptions } from './adapter.ts'

const HASHED = 'sha256$'

/** Keeps registered clients; a secret is stored as its SHA-256 only. */
export function createClientAdapter({ store, realm }: AdapterOptions): Adapter {
  const { clients } = store
  return {
    async upsert(id, payload) {
      const metadata = { ...payload, ...hashedSecret(payload.client_secret) }
      await clients.put({
        realm,
        id,
        organizationId: null,
        kind: 'dynamic',
        type: clientTypeOf(payload.redirect_uris ?? []),
        name: payload.client_name ?? id,
        metadata: JSON.stringify(metadata),
      })
    },
    async find(id) {
      const client = await clients.find(realm, id)
      if (client?.status !== 'active') return undefined
      return parsePayload(client.metadata)
    },
    async destroy(id) {
      await clients.remove(realm, id)
    },
    findByUid: () => Promise.resolve(undefined),
    findByUserCode: () => Promise.resolve(undefined),
    consume: () => Promise.resolve(),
    revokeByGrantId: () => Promise.resolve(),
  }
}

/** Holds a given client secret against the stored hash. */
export function isClientSecret(given: string, stored: string | undefined): boolean {
  return stored !== undefined && isEqualSecret(`${HASHED}${sha256(given)}`, stored)
}

/** The metadata entry of a secret, hashed unless it is already. */
export function hashedSecret(secret: string | undefined): { readonly client_secret?: string } {
  if (secret === undefined) return {}
  return { client_secret: secret.startsWith(HASHED) ? secret : `${HASHED}${sha256(secret)}` }
}
