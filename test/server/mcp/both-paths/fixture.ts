import { createServer } from 'node:http'
import type { Identity } from '../../../../server/access/identity.ts'
import { loadConnector } from '../../../../server/connector.ts'
import { createLog } from '../../../../server/log.ts'
import { toolsFeature } from '../../../../server/mcp/tools-feature.ts'
import { createCallTool, createReadTool } from '../../../../server/mcp/call-tool.ts'
import { createCatalogue } from '../../../../server/mcp/catalogue.ts'
import { createReadContext } from '../../../../server/mcp/context/read-context.ts'
import { createDispatch, type Dispatch } from '../../../../server/mcp/dispatch.ts'
import { createTrail, type Exchange } from '../../../../server/mcp/exchange.ts'
import { createFastPath } from '../../../../server/mcp/fast-path.ts'
import { toText } from '../../../../server/mcp/http-answer.ts'
import { createServerBuilder } from '../../../../server/mcp/rpc-server.ts'
import { assembleInsights } from '../../../../server/mcp/own-tools/assemble-insights.ts'
import { organizationContextTool } from '../../../../server/mcp/own-tools/organization-context.ts'
import { researchTools } from '../../../../server/mcp/own-tools/research-tools.ts'
import type { Connector } from '../../../../server/mcp/tool.ts'
import type { SwitchState } from '../../../../server/store/switches.ts'
import { loadSwitchboard } from '../../../../server/switches/live-switchboard.ts'
import { createOrganizationTexts } from '../../../../server/texts/organization-texts.ts'
import { assembleUpstream } from '../../../../server/upstream/assemble.ts'
import { withTool } from '../../../support/connectors.ts'
import { portOf } from '../../../support/port.ts'
import { ANSWERS } from './answers.ts'

/** A message by both ways: what went back over HTTP, and what is on record of it. */
export type Answered = {
  readonly status: number
  readonly contentType: string | null
  readonly body: string
  readonly code: number | null
  readonly exchanges: readonly Partial<Exchange>[]
}

/** One connector with two ways to its tools. */
export type BothPaths = {
  /** As it is shipped. */
  readonly fast: Answer
  /** With nothing recognized. */
  readonly viaSdk: Answer
  readonly close: () => Promise<void>
}

type Answer = (
  message: unknown,
  httpHeaders: Readonly<Record<string, string>>,
  identity?: Identity,
) => Promise<Answered>

const SWITCHED: SwitchState = {
  revision: 1,
  maintenance: null,
  switchedOff: [{ organizationId: 'globex', name: 'projects', changedAt: 0 }],
  rateLimits: [],
  textOrganizations: ['initech', 'hooli'],
}

/** Puts both together over one upstream, which answers an invoice's id as `ANSWERS` says. */
export async function openBothPaths(): Promise<BothPaths> {
  const server = createServer((request, response) => {
    const id = decodeURIComponent(request.url?.split(/[/?]/)[3] ?? '')
    const { status, type, body } = ANSWERS.get(id) ?? { status: 200, type: JSON_TYPE, body: LIST }
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) })
    response.end(body)
  })
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  const { connector: shipped } = await loadConnector('flowtly')
  const connector = withAnswers(shipped)
  const opened = assembleUpstream({
    connector,
    baseUrl: new URL(`http://127.0.0.1:${portOf(server)}/v1`),
    credential: null,
    timeoutMs: 10_000,
  })
  const switchboard = await loadSwitchboard({ read: () => Promise.resolve(SWITCHED) })
  const texts = createOrganizationTexts({
    store: { listShown },
    switchboard,
  })
  const log = createLog({ level: 'silent' })
  const { name, title, document } = connector
  const info = { name, title, version: document.version }
  const { upstream } = opened
  const read = createReadTool(upstream, log)
  const now = () => 0
  const readContext = createReadContext({ connector, read, now })
  const own = [
    organizationContextTool({ connector, switchboard, readContext }),
    ...researchTools({ connector, switchboard, timeoutMs: 10_000, maxChars: 2_000 }),
    ...assembleInsights({
      ...{ config: { maxResultChars: 2_000 }, services: { now } },
      ...{ connector, switchboard, upstream, read },
    }),
  ]
  const catalogue = createCatalogue({
    ...{ connector, names: 'auto', switchboard, texts, own, isSearched: false },
  })
  const callTool = createCallTool({ connector: name, catalogue, read, maxChars: 2_000 })
  const made = {
    url: new URL('http://127.0.0.1/mcp'),
    buildServer: createServerBuilder({ connector, info, features: [toolsFeature(catalogue)], log }),
    ...{ callTool, log },
  }
  const answerFast = createFastPath({ catalogue, callTool, info })
  return {
    fast: toAnswer(createDispatch({ ...made, answerFast })),
    viaSdk: toAnswer(createDispatch({ ...made, answerFast: (_message, _session, ask) => ask() })),
    async close() {
      await opened.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A member of an organization. */
export function memberOf(
  organization: string,
  options: Partial<Pick<Identity, 'scopes' | 'client'>> = {},
): Identity {
  return {
    member: { id: 'm1', email: 'm1@example.com', name: 'M' },
    organization: { id: organization, name: organization, role: 'owner', status: 'active' },
    kind: 'oauth',
    scopes: null,
    client: null,
    credential: {
      open: () => ({}),
      renew: () => Promise.resolve(null),
      end: () => Promise.resolve(),
    },
    ...options,
  }
}

const JSON_TYPE = 'application/json'
const LIST = JSON.stringify({
  data: [{ id: 'inv_1', number: 'Ä 1', secret: 'hidden', total: 1.5 }],
  total: 1,
})
const OWN_TEXT = {
  organizationId: 'initech',
  tool: 'invoices.list',
  version: 1,
  description: 'Our own words.',
  instructions: null,
}

/**
 * One tool passes on what comes, one promises a structure, the others are as they are shipped. One
 * namespace is searched: reads that run at once are on record in any order.
 */
function withAnswers(shipped: Connector): Connector {
  const research = shipped.research.filter(({ namespace }) => namespace === 'invoices')
  const connector = { ...shipped, research }
  const passing = withTool(connector, 'invoices.get', ({ operation }) => ({
    operation: { ...operation, accept: 'application/json, */*;q=0.1' },
  }))
  return withTool(passing, 'taxGroups.list', ({ answer }) => ({
    outputSchema: { type: 'object', properties: { total: { type: 'number' } } },
    answer: { ...answer, columns: null },
  }))
}

/** Of one organization they cannot be read. */
function listShown(organizationId: string) {
  if (organizationId === 'hooli') return Promise.reject(new Error('the store is away'))
  return Promise.resolve([OWN_TEXT])
}

function toAnswer(dispatch: Dispatch): Answer {
  return async (message, httpHeaders, identity = memberOf('acme')) => {
    const exchanges: Exchange[] = []
    const answer = await dispatch(message, httpHeaders, {
      identity,
      requestId: 'r-1',
      traceparent: null,
      requestTraceparent: null,
      clientName: null,
      signal: new AbortController().signal,
      trail: createTrail(null),
      report: (exchange) => void exchanges.push(exchange),
    })
    return {
      ...answer,
      body: toText(answer.body),
      exchanges: exchanges.map((each) => ({ ...each, durationMs: 0, upstreamMs: 0 })),
    }
  }
}
