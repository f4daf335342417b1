import { randomUUID } from 'node:crypto'
import { createApiKey } from '../access/api-keys.ts'
import type { AuditFact } from '../audit/event.ts'
import { toOwner } from '../audit/record-grant-ends.ts'
import type { Connector, ServiceLogin } from '../mcp/tool.ts'
import { listScopes } from '../scopes.ts'
import type { Grant } from '../store/grants.ts'
import type { Store } from '../store/store.ts'
import { defineCommand, required } from './command.ts'
import type { Deployment } from './deployment.ts'
import { Refusal, UsageError } from './failures.ts'
import { addKeyGrant, addServiceKeyGrant } from './key-grant.ts'
import { checkActive, findOrganization } from './orgs.ts'
import { quote, toTimeJson, type Result } from './output.ts'
import { suggest } from './suggest.ts'

const DAY_MS = 86_400_000
const MAX_DAYS = 3_650
const MAX_NAME_CHARS = 200

/** What the key is to be. */
type Wish = {
  readonly organizationId: string
  readonly name: string
  /** `null` is all that there are. */
  readonly scopes: readonly string[] | null
  readonly lifetimeMs: number | null
  /** Who signs in for it, or the connection that it is made on; `null` where neither was said. */
  readonly source: { readonly email: string } | { readonly grantId: string } | null
}

/** `keys create`: the one moment at which somebody sees the key. */
export const createKeyCommand = defineCommand({
  name: 'keys create',
  isRecorded: true,
  takes:
    '--org ID --name NAME --scopes a:read,b:read|all [--expires 90d|never] [--email EMAIL | --grant ID]',
  about: [
    'Makes an API key for a script, good for 365 days by default, and prints it once.',
    'With --email an owner or admin signs in for it: what the sign-in asks beside the address is',
    'asked without an echo, or read from standard input, one line each. With --grant the key acts',
    'through a connection that lives, and "all" are the scopes of that connection. A connector with',
    'one credential for everybody (login: service) needs neither.',
  ],
  options: {
    org: { type: 'string' },
    name: { type: 'string' },
    scopes: { type: 'string' },
    expires: { type: 'string', default: '365d' },
    email: { type: 'string' },
    grant: { type: 'string' },
  },
  operands: [0, 0],
  prepare({ org, name, scopes, expires, email, grant }) {
    const wish: Wish = {
      organizationId: required(org, '--org'),
      name: parseName(required(name, '--name')),
      scopes: parseScopes(required(scopes, '--scopes')),
      lifetimeMs: parseLifetime(expires),
      source: parseSource(email, grant),
    }
    return (deployment) => createKey(deployment, wish)
  },
})

async function createKey(deployment: Deployment, wish: Wish): Promise<Result> {
  const connector = await deployment.loadConnector()
  checkScopes(connector, wish.scopes ?? [])
  const source = resolveSource(connector, wish)
  const store = await deployment.openStore()
  await checkOrganization(store, wish.organizationId, source)
  if ('grantId' in source) {
    const grant = await findGrant(store, source.grantId, wish.organizationId)
    const scopes = wish.scopes ?? grant.scopes
    const beyond = scopes.filter((scope) => !grant.scopes.includes(scope))
    if (beyond.length > 0) throw new Refusal(`the connection was not given ${beyond.join(', ')}`)
    return addKey(deployment, store, connector, wish, { grantId: grant.id, scopes })
  }
  const scopes = wish.scopes ?? listScopes(connector).map((scope) => scope.name)
  const request = { organizationId: wish.organizationId, keyName: wish.name, scopes }
  const grantId =
    'email' in source
      ? await addKeyGrant(deployment, store, { ...request, email: source.email })
      : await addServiceKeyGrant(deployment, store, source, request)
  try {
    const result = await addKey(deployment, store, connector, wish, { grantId, scopes })
    return { ...result, facts: [...(await toConsent(store, grantId)), ...result.facts] }
  } catch (error) {
    // A credential that no key uses has no reason to be kept.
    await store.grants.end(grantId, 'revoked')
    throw error
  }
}

/** Whoever signs in, the connection, or the service that needs neither and has one organization. */
type Source = NonNullable<Wish['source']> | ServiceLogin

function resolveSource(
  { upstream: { login } }: Connector,
  { organizationId, source }: Wish,
): Source {
  if (login.kind !== 'service') {
    if (source === null) throw new UsageError('give --email EMAIL or --grant ID')
    return source
  }
  if (organizationId !== login.organization.id) {
    const what = `there is no organization ${quote(organizationId)}`
    throw new Refusal(`${what}: the connector has one, ${quote(login.organization.id)}`)
  }
  if (source !== null && 'email' in source) {
    throw new UsageError('nobody signs in for a key of this connector: leave --email out')
  }
  return source ?? login
}

/**
 * Refuses what no sign-in can mend, before anybody signs in. Of an organization that nobody has
 * connected yet, only the sign-in can say whether it is the member's; a misspelt one is told at once.
 */
async function checkOrganization(
  store: Store,
  organizationId: string,
  source: Source,
): Promise<void> {
  const ids = (await store.organizations.list()).map(({ id }) => id)
  const isNew = !ids.includes(organizationId) && suggest(organizationId, ids) === ''
  if (isNew && !('grantId' in source)) return
  checkActive(await findOrganization(store, organizationId))
}

async function addKey(
  { now }: Deployment,
  { apiKeys, grants }: Store,
  connector: Connector,
  { name, lifetimeMs, organizationId }: Wish,
  { grantId, scopes }: { readonly grantId: string; readonly scopes: readonly string[] },
): Promise<Result> {
  const { key, prefix, hash } = createApiKey(connector.name)
  const id = randomUUID()
  const expiresAt = lifetimeMs === null ? null : now() + lifetimeMs
  const grant = await grants.find(grantId)
  await apiKeys.add({ id, prefix, name, grantId, scopes, expiresAt, hash })
  const until = toTimeJson(expiresAt)
  return {
    json: { id, key, prefix, name, organizationId, grantId, scopes, expiresAt: until },
    lines: [key],
    notes: [
      `API key ${quote(name)} of organization ${quote(organizationId)}, id ${id}.`,
      `It may read ${scopes.join(', ')} and expires ${until ?? 'never'}.`,
      'Store it now: it is not shown again.',
    ],
    facts: [
      {
        type: 'key.created',
        outcome: 'success',
        organization: organizationId,
        member: grant?.memberId ?? null,
        subject: `key:${id}`,
      },
    ],
  }
}

/** The beginning of the grant that a key has for itself. */
async function toConsent({ grants }: Store, grantId: string): Promise<readonly AuditFact[]> {
  const grant = await grants.find(grantId)
  if (grant === null) return []
  return [{ type: 'consent.given', outcome: 'success', ...toOwner(grant) }]
}

async function findGrant(store: Store, id: string, organizationId: string): Promise<Grant> {
  const grant = await store.grants.findLive(id)
  if (grant === null || grant.organizationId !== organizationId) {
    throw new Refusal(`organization ${quote(organizationId)} has no live grant ${quote(id)}`)
  }
  return grant
}

function parseName(text: string): string {
  const name = text.trim()
  if (name !== '' && name.length <= MAX_NAME_CHARS) return name
  throw new UsageError(`--name must have 1 to ${MAX_NAME_CHARS} characters`)
}

function parseScopes(text: string): readonly string[] | null {
  if (text === 'all') return null
  const scopes = text.split(',').map((each) => each.trim())
  if (scopes.includes('')) throw new UsageError('--scopes must be "all" or names with commas')
  return [...new Set(scopes)]
}

function checkScopes(connector: Connector, scopes: readonly string[]): void {
  const known = listScopes(connector).map(({ name }) => name)
  const mistakes = scopes
    .filter((scope) => !known.includes(scope))
    .map((scope) => `there is no scope ${quote(scope)}${suggest(scope, known)}`)
  if (mistakes.length === 0) return
  throw new UsageError(`${mistakes.join('\n  ')} (there are ${known.join(', ')})`)
}

function parseLifetime(text: string): number | null {
  if (text === 'never') return null
  const days = /^(\d{1,4})d$/.exec(text)?.[1]
  const isGood = days !== undefined && Number(days) >= 1 && Number(days) <= MAX_DAYS
  if (!isGood) throw new UsageError(`--expires must be 1d to ${MAX_DAYS}d, or never`)
  return Number(days) * DAY_MS
}

function parseSource(email: string | undefined, grantId: string | undefined): Wish['source'] {
  if (email !== undefined && grantId !== undefined) {
    throw new UsageError('give --email EMAIL or --grant ID, not both')
  }
  if (email !== undefined) return { email }
  return grantId === undefined ? null : { grantId }
}
