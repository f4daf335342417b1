import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Seal } from '../seal.ts'
import type { SigningKey, SigningKeyStore } from '../store/signing-keys.ts'

/** How long an instance goes on with the keys it knows where nobody tells it of others; old ones leave so. */
const REREAD_MS = 30_000
/** A new key is published this long before it signs, so that every instance knows it by then. */
const PUBLISH_AHEAD_MS = 60_000
/** Clocks and instances may be this far apart when an old key goes. */
const MARGIN_MS = 120_000
/** An unknown key makes an instance look into the store, at most this often. */
const MISS_INTERVAL_MS = 1_000

const jwkSchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  alg: z.literal('ES256'),
  use: z.literal('sig'),
  kid: z.string(),
})

/** A private key as a JWK (RFC 7517). */
export type PrivateJwk = z.output<typeof jwkSchema>

/** The keys of one moment. */
export type KeySet = {
  /** The one that signs comes first; the others verify. */
  readonly keys: readonly PrivateJwk[]
  /** Changes with the keys and their order. */
  readonly version: string
}

/** The keys that access tokens are signed with, shared by all instances and realms. */
export interface KeyRing {
  /** The keys of now; read again every half minute, and when they have changed. */
  current(): Promise<KeySet>
  /** Looks for a key that another instance may have made a moment ago. */
  afterMiss(): Promise<KeySet>
  /** Reads them now: another instance has changed something. */
  reread(): Promise<void>
  /**
   * Makes a new key. It signs a minute from now; the earlier ones verify until the last token that
   * they signed has expired.
   */
  rotate(): Promise<{ readonly signsFrom: number; readonly othersVerifyUntil: number }>
}

/**
 * Makes the key ring over the store; the first key is made at the first use.
 *
 * @param options.now milliseconds since the epoch
 * @param options.accessTokenTtlMs how long a token lives
 */
export function createKeyRing(options: {
  readonly store: SigningKeyStore
  readonly seal: Seal
  readonly accessTokenTtlMs: number
  readonly now: () => number
}): KeyRing {
  const { store, seal, accessTokenTtlMs, now } = options
  let known: { readonly keys: readonly KnownKey[]; readonly readAt: number } | null = null
  let reads = 0
  let latest = 0

  async function read(): Promise<readonly KnownKey[]> {
    reads += 1
    const mine = reads
    const keys = (await store.list()).map(open)
    // None is kept where there is none yet: the first is being made. A read that began earlier may end
    // later, with what was true before.
    if (keys.length > 0 && mine > latest) {
      known = { keys, readAt: now() }
      latest = mine
    }
    return keys
  }

  function open({ generation, sealed, signsFrom }: SigningKey): KnownKey {
    const jwk = jwkSchema.parse(JSON.parse(seal.open(sealed, toContext(generation))))
    return { generation, signsFrom, jwk }
  }

  async function add(generation: number, signsFrom: number): Promise<number> {
    const sealed = seal.close(JSON.stringify(createKey()), toContext(generation))
    const othersVerifyUntil = signsFrom + accessTokenTtlMs + MARGIN_MS
    await store.add({ generation, sealed, signsFrom }, othersVerifyUntil)
    return othersVerifyUntil
  }

  async function readOrCreate(): Promise<readonly KnownKey[]> {
    const keys = await read()
    if (keys.length > 0) return keys
    await add(1, now())
    return read()
  }

  async function notOlderThan(ageMs: number): Promise<KeySet> {
    const isFresh = known !== null && now() - known.readAt < ageMs
    return toKeySet(isFresh && known !== null ? known.keys : await readOrCreate(), now())
  }

  return {
    current: () => notOlderThan(REREAD_MS),
    afterMiss: () => notOlderThan(MISS_INTERVAL_MS),
    async reread() {
      await read()
    },
    async rotate() {
      const latest = (await readOrCreate()).at(-1)
      const signsFrom = now() + PUBLISH_AHEAD_MS
      const othersVerifyUntil = await add((latest?.generation ?? 0) + 1, signsFrom)
      await read()
      return { signsFrom, othersVerifyUntil }
    },
  }
}

type KnownKey = {
  readonly generation: number
  readonly signsFrom: number
  readonly jwk: PrivateJwk
}

/** The newest key whose time has come signs. */
function toKeySet(keys: readonly KnownKey[], at: number): KeySet {
  const signing = keys.findLast(({ signsFrom }) => signsFrom <= at) ?? keys[0]
  const ordered = [...keys].sort((a, b) => Number(b === signing) - Number(a === signing))
  return {
    keys: ordered.map(({ jwk }) => jwk),
    version: ordered.map(({ generation }) => generation).join(),
  }
}

function toContext(generation: number): string {
  return `signing-key:${generation}`
}

/** With a `kid`: a verifier could not tell which key to use otherwise. */
function createKey(): PrivateJwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = privateKey.export({ format: 'jwk' })
  return jwkSchema.parse({ ...jwk, alg: 'ES256', use: 'sig', kid: randomUUID() })
}
