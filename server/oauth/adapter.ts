import { setTimeout as wait } from 'node:timers/promises'
import Provider, {
  errors,
  type Adapter,
  type AdapterFactory,
  type AdapterPayload,
} from 'oidc-provider'
import { sha256 } from '../hash.ts'
import { isRecord } from '../json.ts'
import type { ModelKey, ModelRow, NewModelRow } from '../store/models.ts'
import type { Store } from '../store/store.ts'
import { createClientAdapter } from './client-adapter.ts'
import { noteGrant } from './noted-grant.ts'

/** Stands in a stored payload where the raw id was: it cannot occur in JSON text. */
const ID_PLACE = '\u0001'
/** An answer may be on its way this long; only then is its refresh token free to be used again. */
const MIN_LEASE_MS = 10_000
/** How often a second use looks whether the first has been answered. */
const ANSWER_STEP_MS = 100

/** What the adapter stores with. */
export type AdapterOptions = {
  readonly store: Store
  /** The issuer's tenant label: records of one realm do not exist in another. */
  readonly realm: string
  /** How long a second use of a code or refresh token is refused without ending the connection. */
  readonly graceMs: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/**
 * Keeps oidc-provider's records in the store, without a raw secret: an id that is a bearer value is
 * stored as its SHA-256, and wherever the payload repeats it.
 */
export function createAdapterFactory(options: AdapterOptions): AdapterFactory {
  return (model) =>
    model === 'Client' ? createClientAdapter(options) : createModelAdapter(model, options)
}

function createModelAdapter(model: string, options: AdapterOptions): Adapter {
  const { store, realm, graceMs, now } = options
  const { models, grants } = store
  // A grant's id is in every token's `gid`: an identifier, not a secret.
  const isSecret = model !== 'Grant'
  const toKey = (id: string): ModelKey => ({ realm, model, id: isSecret ? sha256(id) : id })

  function toRow(id: string, payload: AdapterPayload, ttlSeconds = 0): NewModelRow {
    const text = JSON.stringify(withoutSecrets(payload, isSecret))
    return {
      ...toKey(id),
      payload: isSecret ? text.replaceAll(id, ID_PLACE) : text,
      grantId: model === 'Interaction' ? null : (payload.grantId ?? null),
      uid: model === 'Session' ? (payload.uid ?? null) : null,
      expiresAt: ttlSeconds > 0 ? now() + ttlSeconds * 1000 : null,
    }
  }

  function toPayload(id: string, row: ModelRow): AdapterPayload {
    const text = isSecret ? row.payload.replaceAll(ID_PLACE, id) : row.payload
    const payload: AdapterPayload = parsePayload(text)
    if (isSecret) payload.jti = id
    if (row.consumedAt !== null && !mayBeTriedAgain(row)) {
      payload['consumed'] = Math.floor(row.consumedAt / 1000)
    }
    return payload
  }

  /**
   * A use within the grace, or after an answer that was never sent, is let through to the store,
   * which decides; what is shown as consumed ends the whole connection (OAuth 2.1, section 4.3.1).
   */
  function mayBeTriedAgain({ consumedAt, answeredAt }: ModelRow): boolean {
    if (consumedAt === null || now() - consumedAt < graceMs) return true
    return model === 'RefreshToken' && answeredAt === null
  }

  /**
   * Spends a token for its successor. While the answer of another use may be on its way, it waits:
   * either that answer is written, and this use came second, or it was lost, and this one stands in.
   */
  async function rotate(spent: ModelKey, successor: NewModelRow): Promise<void> {
    const leaseMs = Math.max(graceMs, MIN_LEASE_MS)
    for (let waitedMs = 0; waitedMs <= leaseMs; waitedMs += ANSWER_STEP_MS) {
      if (await models.rotate(spent, successor, leaseMs)) return
      const row = await models.find(spent)
      if (row === null || row.answeredAt !== null) break
      await wait(ANSWER_STEP_MS)
    }
    throw alreadyUsed()
  }

  return {
    async upsert(id, payload, ttlSeconds) {
      const row = toRow(id, payload, ttlSeconds)
      const spent = model === 'RefreshToken' ? rotatedToken() : null
      await (spent === null ? models.put(row) : rotate(toKey(spent), row))
    },
    async find(id) {
      const row = await models.find(toKey(id))
      if (row === null) return undefined
      if (row.grantId !== null) noteGrant(row.grantId)
      return toPayload(id, row)
    },
    async findByUid(uid) {
      const row = await models.findByUid(realm, model, uid)
      return row === null ? undefined : parsePayload(row.payload)
    },
    findByUserCode: () => Promise.resolve(undefined),
    async consume(id) {
      // A refresh token is spent in one transaction with its successor's insertion, by `upsert`.
      if (model === 'RefreshToken') return
      if (!(await models.consume(toKey(id)))) throw alreadyUsed()
    },
    async destroy(id) {
      // A refresh token goes with its whole connection, in one step. Were it removed first, a crash
      // could leave the rest alive, and the client's next try would find nothing to revoke.
      const token = model === 'RefreshToken' ? await models.find(toKey(id)) : null
      const grantId = model === 'Grant' ? id : (token?.grantId ?? null)
      if (grantId !== null) await grants.end(grantId, endReason())
      else await models.remove(toKey(id))
    },
    async revokeByGrantId(grantId) {
      await grants.end(grantId, endReason())
    },
  }
}

/**
 * Notes that the answer to a refresh was written, so that its refresh token cannot be used again.
 *
 * @param token the raw refresh token that was spent
 */
export async function markAnswered(options: AdapterOptions, token: string): Promise<void> {
  const { store, realm } = options
  await store.models.markAnswered({ realm, model: 'RefreshToken', id: sha256(token) })
}

/** The refresh token that the request under way has spent, or `null`. */
function rotatedToken(): string | null {
  return Provider.ctx?.oidc.entities.RotatedRefreshToken?.jti ?? null
}

/** Ending a connection by the client's own wish is no incident. */
function endReason(): 'revoked' | 'reused' {
  return Provider.ctx?.oidc.route === 'token' ? 'reused' : 'revoked'
}

/** The detail of a refusal that ends nothing: the second use may be the same client's. */
export const REPEATED = 'already used'

function alreadyUsed(): Error {
  return new errors.InvalidGrant(REPEATED)
}

/** Reads a payload that this adapter wrote. */
export function parsePayload(text: string): AdapterPayload {
  const payload: unknown = JSON.parse(text)
  if (!isRecord(payload)) throw new Error('a stored record is no object')
  return { ...payload }
}

/** `consumed` has its own column; a session's cookie value is never read back. */
function withoutSecrets(payload: AdapterPayload, isSecret: boolean): object {
  const kept: Record<string, unknown> = { ...payload }
  const left = isSecret ? ['consumed', 'jti'] : ['consumed']
  for (const name of left) Reflect.deleteProperty(kept, name)
  const { session } = kept
  if (isRecord(session)) kept['session'] = { ...session, cookie: undefined }
  return kept
}
