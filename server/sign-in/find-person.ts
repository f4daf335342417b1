import { fetchProtectedResource, WWWAuthenticateChallengeError } from 'openid-client'
import { z } from 'zod'
import type { ServiceAccess, ServiceLogin } from '../mcp/tool.ts'
import type { Secret } from '../secret.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import type { Network } from '../upstream/network.ts'
import { clientSecret, createDiscovery } from './discovery.ts'
import { nullIfDenied } from './identity-provider-failure.ts'
import type { FindMember } from './members.ts'
import { CREDENTIAL_REFUSED } from './refusal.ts'

/** The role of everybody who is let in: the operator has chosen them, so each may approve. */
const ROLE = 'member'

/** Standard claims (OpenID Connect Core 1.0, section 5.1); any other may be asked for by name. */
const claimsSchema = z.looseObject({
  // Sent to nobody, but kept and shown: so of the length and letters that section 2 promises.
  sub: z.string().regex(/^[\x21-\x7e]{1,255}$/),
  email: z.string().optional().catch(undefined),
  email_verified: z.unknown().optional(),
  name: z.string().optional().catch(undefined),
})

type Claims = z.output<typeof claimsSchema>

/**
 * Makes the question where the upstream knows nobody: the identity provider says whose an access
 * token of its own is (OpenID Connect Core 1.0, section 5.3), and whoever is let in belongs to the
 * connector's one organization.
 *
 * @param options.issuer `https`, or `http` on this machine
 * @param options.network straight to every host by default
 */
export function createFindPerson(options: {
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: Secret
  readonly access: Pick<ServiceAccess, 'domain' | 'claim'>
  readonly organization: ServiceLogin['organization']
  readonly network?: Network
}): FindMember {
  const { issuer, clientId, access, organization } = options
  const discover = createDiscovery({
    issuer,
    clientId,
    authenticateClient: clientSecret(options.clientSecret.reveal()),
    ...(options.network !== undefined && { network: options.network }),
    now: () => performance.now(),
  })

  async function readClaims(accessToken: string): Promise<Claims | null> {
    const configuration = await discover()
    const { userinfo_endpoint: endpoint } = configuration.serverMetadata()
    if (endpoint === undefined) {
      throw new UpstreamFailure(502, 'the identity provider has no userinfo endpoint')
    }
    try {
      const url = new URL(endpoint)
      const response = await fetchProtectedResource(configuration, accessToken, url, 'GET')
      if (CREDENTIAL_REFUSED.includes(response.status)) return null
      const claims = response.ok ? parseClaims(await response.text()) : null
      if (claims !== null) return claims
    } catch (error) {
      if (error instanceof WWWAuthenticateChallengeError) return null
      throw error
    }
    throw new UpstreamFailure(502, 'the identity provider did not say who it is')
  }

  return async function findPerson({ authorization }) {
    const accessToken = authorization?.reveal().replace(/^Bearer /, '') ?? ''
    const claims = await nullIfDenied(() => readClaims(accessToken))
    if (claims === null) return null
    const { sub, email = sub, name = email } = claims
    const own = { ...organization, role: ROLE, canApprove: true }
    return { id: sub, email, name, organizations: isLetIn(claims, access) ? [own] : [] }
  }
}

function parseClaims(text: string): Claims | null {
  try {
    return claimsSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null // the parser's own message quotes the answer
  }
}

/** An address counts where it was verified: at some providers people choose theirs themselves. */
function isLetIn(
  claims: Claims,
  { domain, claim }: Pick<ServiceAccess, 'domain' | 'claim'>,
): boolean {
  const isOfDomain =
    domain === null ||
    (claims.email_verified === true && claims.email?.toLowerCase().split('@').at(-1) === domain)
  const held = claim === null ? [] : [claims[claim.name]].flat()
  return isOfDomain && (claim === null || claim.values.some((value) => held.includes(value)))
}
