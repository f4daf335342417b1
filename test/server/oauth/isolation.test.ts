import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc, { type Arbitrary } from 'fast-check'
import type { Json, JsonObject } from '../../../codegen/json.ts'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { connector } from '../../../generated/flowtly/index.ts'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import {
  credentialCallers,
  keyCaller,
  ORGANIZATIONS,
  otherThan,
  tokenCaller,
  type Caller,
  type Organization,
} from '../../support/callers.ts'
import { connectAt } from '../../support/connect-at.ts'
import { fetchAt } from '../../support/fetch-at.ts'
import { credentials, startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import {
  readOrganizationRecords,
  type OrganizationRecords,
} from '../../support/organization-records.ts'
import { callTool, MODERN_META, resultOf } from '../../support/rpc.ts'
import { storeKinds, type TestDatabase } from '../../support/stores.ts'
import { argumentsFor } from '../../support/tool-arguments.ts'

/** Each sends about fourteen requests at once, with about two calls in each. */
const RUNS = { own: 80, hosts: 40 }
const LEAST_CALLS = { own: 2_000, hosts: 1_000 }
const TENANT_HOSTS = '{tenant}.mcp.example.test'

/** Who has a grant for what; the consultant has one in each organization. */
const PEOPLE: readonly (readonly [email: string, organization: Organization])[] = [
  ['owner@acme.example', 'acme'],
  ['admin@acme.example', 'acme'],
  ['consultant@partners.example', 'acme'],
  ['owner@globex.example', 'globex'],
  ['consultant@partners.example', 'globex'],
]

type Call = {
  readonly tool: string
  readonly args: JsonObject
  /** What is read in place of a call of the tool; `null` for a call. */
  readonly uri: string | null
}
type Sent = {
  readonly caller: Caller
  /** The label of a host, `''` for the connector's own. */
  readonly host: string
  readonly era: 'legacy' | 'modern'
  /** Several are one batch. */
  readonly calls: readonly Call[]
  /** Claims that nobody may believe. */
  readonly claims: Readonly<Record<string, string>>
}

let demo: Demo
let database: TestDatabase
let running: TestConnector
let store: Store
let records: Readonly<Record<Organization, OrganizationRecords>>
let cursors: readonly string[]

beforeAll(async () => {
  demo = await startDemo({ rateLimitPerMinute: Infinity })
  demo.database.exec("UPDATE memberships SET role = 'admin' WHERE member_id = 'mem_06'")
  records = {
    acme: readOrganizationRecords(demo.database, 'acme', 'globex'),
    globex: readOrganizationRecords(demo.database, 'globex', 'acme'),
  }
  const [sqlite] = storeKinds
  if (sqlite === undefined) throw new Error('no kind of store')
  database = await sqlite.create()
  running = await startFlowtly(demo.url, { DATABASE_URL: database.url, TENANT_HOSTS })
  store = await openStore({ url: database.url, now: Date.now })
  cursors = await Promise.all(ORGANIZATIONS.map(readCursor))
})

afterAll(async () => {
  await store.close()
  await running.close()
  await database.drop()
  await demo.close()
})

describe('an organization', () => {
  it('never gets a record of another one, whoever calls whatever with whatever arguments', async () => {
    const callers = await openCallers([''])

    const seen = await callAtRandom(RUNS.own, callers, [''], ({ caller }) => caller.organization)

    expect(seen.calls).toBeGreaterThanOrEqual(LEAST_CALLS.own)
    expect(seen.withRecords).toBeGreaterThan(seen.calls / 3)
    expect(seen.tools.size).toBe(connector.tools.length + 3)
  }, 120_000)

  it('never gets a record of another one at its own host, whoever calls there', async () => {
    const callers = await openCallers(ORGANIZATIONS)

    const seen = await callAtRandom(RUNS.hosts, callers, ORGANIZATIONS, ({ caller, host }) =>
      caller.organization === host ? caller.organization : null,
    )

    expect(seen.calls).toBeGreaterThanOrEqual(LEAST_CALLS.hosts)
    expect(seen.withRecords).toBeGreaterThan(seen.calls / 10)
  }, 120_000)
})

/** Everybody with every kind of credential, made at each of these hosts. */
async function openCallers(hosts: readonly string[]): Promise<readonly Caller[]> {
  const callers: Caller[] = [...credentialCallers]
  for (const host of hosts) {
    for (const [email, organization] of PEOPLE) {
      if (host !== '' && host !== organization) continue
      const person = { email, organization }
      const token = await connectAt(fetchAt(running.port), originOf(host), person)
      const caller = tokenCaller(`${email} in ${organization}`, organization, token)
      callers.push(caller, await keyCaller(store, caller, token))
    }
  }
  return callers
}

/**
 * Sends calls, many at once.
 *
 * @param organizationOf whose records the answer may hold; `null` for nobody's
 */
async function callAtRandom(
  numRuns: number,
  callers: readonly Caller[],
  hosts: readonly string[],
  organizationOf: (sent: Sent) => Organization | null,
) {
  const seen = { calls: 0, withRecords: 0, tools: new Set<string>() }
  await fc.assert(
    fc.asyncProperty(fc.array(sentBy(callers, hosts), { minLength: 12, maxLength: 16 }), (all) =>
      Promise.all(all.map(check)).then(() => undefined),
    ),
    { seed: 1, numRuns, endOnFailure: true },
  )
  return seen

  async function check(sent: Sent): Promise<void> {
    const text = withoutEchoes(await send(sent), sent)
    const own = organizationOf(sent)
    const leaks = ORGANIZATIONS.filter((each) => each !== own).map((each) =>
      records[each].findIn(text),
    )
    const said = { ...sent, caller: sent.caller.name }
    expect({ said, leaks: leaks.filter((leak) => leak !== null) }).toEqual({ said, leaks: [] })
    seen.calls += sent.calls.length
    if (own !== null && records[own].findIn(text) !== null) seen.withRecords += sent.calls.length
    for (const { tool } of sent.calls) seen.tools.add(tool)
  }
}

function sentBy(callers: readonly Caller[], hosts: readonly string[]): Arbitrary<Sent> {
  const call = fc.oneof(
    ...connector.tools.flatMap(({ name: tool, inputSchema, offer, uri }) => {
      const drawn = argumentsFor(inputSchema, Object.values(records), cursors)
      return [
        ...(offer === 'tool' ? [drawn.map((args) => ({ tool, args, uri: null }))] : []),
        ...(uri === null ? [] : [drawn.map((args) => ({ tool, args, uri: fillUri(uri, args) }))]),
      ]
    }),
    ...ownCalls(Object.values(records)),
  )
  const single = fc.array(call, { minLength: 1, maxLength: 1 })
  const batch = fc.array(call, { minLength: 2, maxLength: 4 })
  const message = fc.oneof(
    fc.record({ era: fc.constantFrom('legacy' as const, 'modern' as const), calls: single }),
    fc.record({ era: fc.constant('legacy' as const), calls: batch }),
  )
  return fc
    .tuple(fc.constantFrom(...callers), fc.constantFrom(...hosts), message, fc.nat(5))
    .map(([caller, host, { era, calls }, claim]) => {
      return { caller, host, era, calls, claims: claimsOf(caller, claim) }
    })
}

/** Calls of the connector's own tools, with the ids and names of every organization. */
function ownCalls(all: readonly OrganizationRecords[]): readonly Arbitrary<Call>[] {
  const query = fc.oneof(...all.map(({ texts }) => fc.constantFrom(...texts)))
  const ids = (prefix: string) => all.flatMap((each) => each.ids.get(prefix) ?? [])
  const id = fc.oneof(
    ...(
      [
        ['invoices', 'inv_'],
        ['contracts', 'ctr_'],
        ['counterparties', 'cp_'],
        ['attachments', 'att_'],
      ] as const
    ).map(([namespace, prefix]) =>
      fc.constantFrom(...ids(prefix)).map((own) => `${namespace}/${own}`),
    ),
  )
  return [
    fc.constant({ tool: 'organization.context', args: {}, uri: null }),
    query.map((words) => ({ tool: 'search', args: { query: words }, uri: null })),
    id.map((own) => ({ tool: 'fetch', args: { id: own }, uri: null })),
  ]
}

function fillUri(uri: string, args: JsonObject): string {
  return uri.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = args[name]
    return encodeURIComponent(typeof value === 'string' ? value.toWellFormed() : '')
  })
}

/** Now and then, headers that name the other organization. */
function claimsOf({ organization, headers }: Caller, choice: number): Sent['claims'] {
  const other = otherThan(organization)
  if (choice === 0) return { 'X-Organization-Id': other, 'X-Organization': other }
  const isBearer = 'authorization' in headers
  return choice === 1 && isBearer ? credentials(`owner@${other}.example`, other) : {}
}

async function send({ caller, host, era, calls, claims }: Sent): Promise<string> {
  const isModern = era === 'modern'
  const messages = calls.map(({ tool, args, uri }, id) => {
    const asked = uri === null ? { name: tool, arguments: args } : { uri }
    const method = uri === null ? 'tools/call' : 'resources/read'
    return {
      jsonrpc: '2.0',
      id,
      method,
      params: { ...asked, ...(isModern && { _meta: MODERN_META }) },
    }
  })
  const [first] = calls
  const response = await fetchAt(running.port)(`${originOf(host)}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...claims,
      ...caller.headers,
      ...(isModern && {
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': messages[0]?.method ?? '',
        'mcp-name': first?.uri ?? first?.tool ?? '',
      }),
    },
    body: JSON.stringify(messages.length === 1 ? messages[0] : messages),
  })
  return response.text()
}

/** A refusal may name what was asked for; an answer that was found may not. */
function withoutEchoes(text: string, { calls }: Sent): string {
  const value: unknown = JSON.parse(text)
  const answers = [value].flat().map((answer) => {
    const json = JSON.stringify(answer)
    if (!/"error":|"isError":true/.test(json)) return json
    // First the whole URI, which an id may be a part of.
    const given = [
      ...calls.map(({ uri }) => uri),
      ...calls.flatMap(({ args }) => Object.values(args).flat()),
    ]
    // Of what `fetch` was given, the upstream says only its own part.
    const asked = given.flatMap((each): readonly Json[] =>
      typeof each === 'string' ? [each, each.replace(/^[a-z]+\//, '')] : [each],
    )
    return asked.reduce<string>(
      (rest, each) => (isNameable(each) ? rest.replaceAll(each, '') : rest),
      json,
    )
  })
  return `[${answers.join(',')}]`
}

/** Ids and names; a shorter text would take pieces out of others. */
function isNameable(value: Json): value is string {
  return typeof value === 'string' && value.length > 4
}

function originOf(host: string): string {
  if (host === '') return running.url
  return `http://${TENANT_HOSTS.replace('{tenant}', host)}:${running.port}`
}

/** A place in the middle of an organization's own list. */
async function readCursor(organization: Organization): Promise<string> {
  const caller = credentials(`owner@${organization}.example`, organization)
  const list = resultOf(await callTool(running.url, 'transactions.list', { limit: 5 }, caller))
  const cursor = /"nextCursor":"([^"]+)"/.exec(JSON.stringify(list))?.[1]
  if (cursor === undefined) throw new Error(`no cursor: ${JSON.stringify(list).slice(0, 500)}`)
  return cursor
}
