import { claimsOf, connect, type TestClient, type Tokens } from '../../test/support/oauth-client.ts'
import {
  credentialCallers,
  keyCaller,
  tokenCaller,
  type Organization,
} from '../../test/support/callers.ts'
import { openStore } from '../../server/store/open-store.ts'

/** Somebody who calls tools, by one kind of credential. */
export type Caller = {
  readonly organization: Organization
  /** Whose window a call is counted in. */
  readonly who: string
  readonly headers: Readonly<Record<string, string>>
}

/** A connection of a client. */
export type Connection = { readonly client: TestClient; readonly tokens: Tokens }

const PEOPLE = [
  ['owner@acme.example', 'acme'],
  ['admin@acme.example', 'acme'],
  ['consultant@partners.example', 'acme'],
  ['owner@globex.example', 'globex'],
  ['consultant@partners.example', 'globex'],
] as const

/** Connects members of two organizations: each by token and by key, and all by API credentials. */
export async function openCallers(options: {
  readonly origin: string
  readonly databaseUrl: string
}): Promise<readonly Caller[]> {
  const store = await openStore({ url: options.databaseUrl, now: Date.now })
  const members = new Map<string, string>()
  const callers: Caller[] = []
  try {
    for (const [email, organization] of PEOPLE) {
      const { tokens } = await connect(options.origin, { email, organization })
      const who = `${organization}:${String(claimsOf(tokens.access_token)['sub'])}`
      members.set(`${organization}:${email}`, who)
      const caller = tokenCaller(email, organization, tokens.access_token)
      const key = await keyCaller(store, caller, tokens.access_token)
      callers.push({ ...caller, who }, { ...key, who })
    }
  } finally {
    await store.close()
  }
  const byCredentials = credentialCallers.map(({ organization, headers }) => {
    const email = `${organization}:${headers['X-User-Email'] ?? ''}`
    return { organization, headers, who: members.get(email) ?? email }
  })
  return [...callers, ...byCredentials]
}

/** Opens connections that only refresh. */
export async function openConnections(
  origin: string,
  count: number,
): Promise<readonly Connection[]> {
  const connections: Connection[] = []
  for (let index = 0; index < count; index += 1) connections.push(await connect(origin))
  return connections
}
