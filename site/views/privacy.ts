import { listTools } from '../example-tools.ts'
import type { SiteFacts } from '../facts.ts'
import { toCount, toDuration, when } from '../wording.ts'
import { toVariants } from './variants.ts'

/** What is read, who gets it, what is kept for how long, and how it ends. */
export function toPrivacyView(facts: SiteFacts): object {
  const { docs, deployment } = facts
  const open = listTools(docs).filter((tool) => tool.public)
  return {
    ...toVariants(facts),
    publicTools: when(deployment.publicMcpUrl !== null, { count: toCount(open.length, 'tool') }),
    providers: listProviders(facts),
    kept: listKept(facts),
    accessLifetime: toDuration(deployment.accessTokenTtlSeconds),
  }
}

/** Whom the identity provider lets in is asked again where no member's own credential shows it. */
function listProviders({ deployment: { signIn, sharedOrganization } }: SiteFacts) {
  return signIn.kind === 'provider' && sharedOrganization !== null ? [{ host: signIn.host }] : []
}

/** One kind of record. */
type Kept = { readonly what: string; readonly how: string; readonly howLong: string }

const NOTHING = 'not kept'
const HASHED = 'as a hash (SHA-256)'
const READABLE = 'readable'

function listKept(facts: SiteFacts): readonly Kept[] {
  const { docs, deployment } = facts
  const { title } = docs.connector
  const { kept, retentionDays } = deployment
  return [
    { what: `what ${title} answers, and the arguments of calls`, how: NOTHING, howLong: '–' },
    ...listCredentials(facts),
    {
      what: 'API keys, and the secrets of registered programs',
      how: `${HASHED}; of a key its first characters, too`,
      howLong: `${toCount(kept.deadKeys, 'day')} after their end`,
    },
    {
      what: 'connections: who, with which program, which scopes',
      how: READABLE,
      howLong: `${toCount(kept.endedConnections, 'day')} after their end`,
    },
    {
      what: 'programs: their name and redirect addresses',
      how: READABLE,
      howLong: `for good; ${toCount(kept.unusedClients, 'day')} for one that registered itself and was not used`,
    },
    { what: 'organizations: id, name, state', how: READABLE, howLong: 'for good' },
    ...when(deployment.signIn.kind !== 'none', {
      what: 'failed sign-ins',
      how: `${HASHED}, and a count`,
      howLong: 'until they no longer count',
    }),
    { what: 'how much somebody has sent', how: 'ids and times, in memory', howLong: '1 minute' },
    {
      what: 'the audit trail',
      how: `${READABLE}; names, ids and figures only`,
      howLong: toCount(retentionDays, 'day'),
    },
  ]
}

function listCredentials({ docs, deployment }: SiteFacts): readonly Kept[] {
  const { title } = docs.connector
  const { signIn, sharedOrganization } = deployment
  return [
    ...when(signIn.kind === 'password', {
      what: `your password for ${title}`,
      how: `${NOTHING}; it goes to ${title} once, to sign you in`,
      howLong: '–',
    }),
    ...when(signIn.kind !== 'none', { what: 'access tokens', how: NOTHING, howLong: '–' }),
    ...when(sharedOrganization === null, {
      what: `what the connector shows ${title} in your name`,
      how: 'encrypted (AES-256-GCM), bound to its connection',
      howLong: 'until the connection ends; then it is erased',
    }),
    ...when(sharedOrganization !== null && signIn.kind === 'provider', {
      what: 'what the identity provider gave to ask about you again',
      how: 'encrypted (AES-256-GCM), bound to its connection',
      howLong: 'until the connection ends; then it is erased',
    }),
    ...when(signIn.kind !== 'none', {
      what: 'the same, while you are still signing in',
      how: 'encrypted (AES-256-GCM), bound to the sign-in',
      howLong: toDuration(deployment.lifetimes.signInPage),
    }),
    ...when(deployment.apiCredentials !== null, {
      what: 'API credentials that are sent with a call',
      how: 'in memory only',
      howLong: toDuration(deployment.lifetimes.apiCredentials),
    }),
    ...when(signIn.kind !== 'none', {
      what: 'refresh tokens and authorization codes',
      how: HASHED,
      howLong: 'until they expire',
    }),
  ]
}
