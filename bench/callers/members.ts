import { randomUUID } from 'node:crypto'
import { importJWK, SignJWT, decodeProtectedHeader } from 'jose'
import pMap from 'p-map'
import { noteOrganization } from '../../server/access/note-organization.ts'
import { createKeyRing } from '../../server/oauth/signing-keys.ts'
import { createSeal } from '../../server/seal.ts'
import { createHeldCredentials } from '../../server/sign-in/held-credential.ts'
import type { UpstreamCredential } from '../../server/sign-in/credential.ts'
import { openStore } from '../../server/store/open-store.ts'
import type { Store } from '../../server/store/store.ts'
import { TEST_SECRET_KEY } from '../../test/support/flowtly.ts'
import { claimsOf } from '../../test/support/oauth-client.ts'

/** A member with a connection of their own. */
export type ConnectedMember = {
  readonly organization: string
  readonly member: string
  readonly token: string
}

/** Who is to be connected. */
export type NewMember = {
  readonly organization: string
  readonly member: string
  readonly email: string
  readonly credential: UpstreamCredential
}

const TOKEN_TTL_SECONDS = 3_600
const CONCURRENCY = 8

/**
 * Connects members without their browsers: grants go through the store, credentials are sealed and
 * tokens signed with the deployment's own keys, as the connector does it. What a token says beside
 * whose it is, is taken from one that the connector has given itself.
 *
 * @param options.example an access token that the connector has given for the same client and scopes
 */
export async function connectMembers(
  members: readonly NewMember[],
  options: { readonly databaseUrl: string; readonly example: string },
): Promise<readonly ConnectedMember[]> {
  const store = await openStore({ url: options.databaseUrl, now: Date.now })
  try {
    const add = createGrantMaker(store, claimsOf(options.example))
    const sign = await createSigner(store, options.example)
    const organizations = new Set(members.map(({ organization }) => organization))
    for (const id of organizations) {
      await noteOrganization(store.organizations, 'automatic', { id, name: `Organization ${id}` })
    }
    return await pMap(
      members,
      async (each) => ({
        organization: each.organization,
        member: each.member,
        token: await sign(each, await add(each)),
      }),
      { concurrency: CONCURRENCY },
    )
  } finally {
    await store.close()
  }
}

/** Adds a grant like that of the example. */
function createGrantMaker({ grants }: Store, example: Claims) {
  const credentials = createHeldCredentials({
    ...{ kind: 'grant', holders: grants, renew: null, upstreamTimeoutMs: 0 },
    seal: createSeal(keyBytes(), 'grants'),
  })
  return async ({ organization, member, email, credential }: NewMember): Promise<string> => {
    const id = randomUUID()
    await grants.add({
      ...{ id, realm: '', memberId: member, memberEmail: email, memberName: member },
      ...{ organizationId: organization, organizationName: `Organization ${organization}` },
      ...{ role: 'admin', clientName: 'Bench', redirectHost: '127.0.0.1' },
      clientId: String(example['client_id']),
      scopes: String(example['scope']).split(' '),
      credential: credentials.seal(id, JSON.stringify(credential)),
    })
    return id
  }
}

type Claims = Readonly<Record<string, unknown>>

/** Signs a token like the example. */
async function createSigner({ signingKeys }: Store, example: string) {
  const seal = createSeal(keyBytes(), 'signing-keys')
  const accessTokenTtlMs = TOKEN_TTL_SECONDS * 1000
  const ring = createKeyRing({ store: signingKeys, seal, accessTokenTtlMs, now: Date.now })
  const [jwk] = (await ring.current()).keys
  if (jwk === undefined) throw new Error('no key signs')
  const key = await importJWK(jwk, jwk.alg)
  const { typ = '' } = decodeProtectedHeader(example)
  const claims = claimsOf(example)
  return ({ organization, member }: NewMember, grant: string): Promise<string> => {
    const at = Math.floor(Date.now() / 1000)
    const own = { sub: member, org: organization, gid: grant, jti: randomUUID() }
    return new SignJWT({ ...claims, ...own, iat: at, exp: at + TOKEN_TTL_SECONDS })
      .setProtectedHeader({ alg: jwk.alg, typ, kid: jwk.kid })
      .sign(key)
  }
}

function keyBytes(): Buffer {
  return Buffer.from(TEST_SECRET_KEY.reveal(), 'base64')
}
