import { DatabaseSync } from 'node:sqlite'
import { isRecord } from '../../server/json.ts'
import { bearer, connect } from '../../test/support/oauth-client.ts'
import { scrape } from '../../test/support/scrape.ts'
import type { Verdict } from '../ledger/report.ts'
import { loadClosed } from '../load/closed-loop.ts'
import { toolCall, writeRequest } from '../load/messages.ts'
import type { Case } from './cases.ts'
import { FIRST_ID, LIST, note, writeCall } from './subject.ts'
import type { ConnectorSubject } from './start-subjects.ts'

/** Calls between two looks at the rate headers. */
const COUNTED = 20
const OTHER_MEMBER = 'admin@acme.example'

/**
 * Looks whether the connector did all of its work for each call that was measured, and stops it: what
 * it counted and recorded must be what was sent.
 */
export async function judgeWork(
  subject: ConnectorSubject,
  each: Case,
): Promise<readonly Verdict[]> {
  const refusals = [await judgeStranger(subject, each), await judgeArguments(subject)]
  const rate = await judgeRate(subject, each)
  const figures = await scrape(subject.url)
  const code = await subject.program.stop()
  const recorded = countRecorded(subject)
  const sent = [...subject.sent]
  const countCalls = (tool: string) =>
    figures.sum(
      'sluice_rpc_requests_total',
      tool === LIST ? { method: LIST } : { method: 'tools/call', tool },
    )
  const named = (what: string) => `${subject.name}: ${what}`
  return [
    ...refusals,
    rate,
    {
      what: 'every call is counted',
      ...compare(sent, countCalls, 'counted'),
    },
    {
      what: 'every call is on record, with who made it',
      ...compare(sent, (tool) => recorded.get(tool) ?? 0, 'on record'),
    },
    {
      what: 'it stops with exit code 0',
      figure: String(code),
      violations: code === 0 ? [] : [subject.program.log().slice(-500)],
    },
  ].map((verdict) => ({ ...verdict, what: named(verdict.what) }))
}

/**
 * Looks whether the upstream was asked for each call of all connectors, but for the bad argument of
 * each: none may have been answered in another way.
 */
export async function judgeUpstream(
  upstreamUrl: string,
  connectors: readonly ConnectorSubject[],
): Promise<Verdict> {
  const response = await fetch(new URL('/asked', upstreamUrl))
  const asked: unknown = await response.json()
  const found = isRecord(asked) ? Number(asked['Sluice'] ?? 0) : 0
  const expected = connectors
    .flatMap(({ sent }) => [...sent])
    .filter(([tool]) => tool !== LIST)
    .reduce((sum, [, calls]) => sum + calls, -connectors.length)
  const figure = `${found} of ${expected}`
  const violations = found === expected ? [] : [`the upstream was asked ${figure} times`]
  return { what: 'every call asks the upstream', figure, violations }
}

async function judgeStranger({ url }: ConnectorSubject, each: Case): Promise<Verdict> {
  const { body, headers } = writeRequest(
    each.era,
    'bench',
    toolCall(each.tool, each.argsOf(FIRST_ID)),
  )
  const { status } = await post(url, body, headers)
  return {
    what: 'a call without a token is refused',
    figure: String(status),
    violations: status === 401 ? [] : [`answered with ${status}`],
  }
}

async function judgeArguments(subject: ConnectorSubject): Promise<Verdict> {
  const tool = 'invoices.list'
  const { body } = writeRequest('legacy', 'bench', toolCall(tool, { pageSize: 101 }))
  const response = await post(subject.url, body, subject.headers)
  note(subject, tool, 1)
  const answer: unknown = await response.json()
  const result = isRecord(answer) ? answer['result'] : null
  const isRefused = isRecord(result) && result['isError'] === true
  return {
    what: 'a bad argument is refused',
    figure: isRefused ? 'refused' : 'passed on',
    violations: isRefused ? [] : [JSON.stringify(answer).slice(0, 200)],
  }
}

/** Somebody whose window is empty: its rest goes down by exactly what is sent between two looks, and one. */
async function judgeRate(subject: ConnectorSubject, each: Case): Promise<Verdict> {
  const { tokens } = await connect(subject.url, { email: OTHER_MEMBER })
  const member = { ...subject, headers: bearer(tokens.access_token) }
  const { body, headers } = writeRequest(
    each.era,
    'bench',
    toolCall(each.tool, each.argsOf(FIRST_ID)),
  )
  const look = async () => {
    const response = await post(subject.url, body, { ...member.headers, ...headers })
    await response.text()
    note(subject, each.tool, 1)
    return Number(response.headers.get('x-ratelimit-remaining'))
  }
  const before = await look()
  await loadClosed({
    port: subject.program.port,
    connections: COUNTED,
    requests: COUNTED,
    next: (index) => ({ request: writeCall(member, each, FIRST_ID + index), isRight: () => true }),
  })
  note(subject, each.tool, COUNTED)
  const taken = before - (await look())
  return {
    what: 'every call takes from the rate window',
    figure: `${COUNTED + 1} calls took ${taken}`,
    violations: taken === COUNTED + 1 ? [] : [`${COUNTED + 1} calls took ${taken}`],
  }
}

function post(url: string, body: string, headers: Readonly<Record<string, string>>) {
  return fetch(`${url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
}

/** Events of members' requests, by tool; a list of tools has none. */
function countRecorded({ database }: ConnectorSubject): ReadonlyMap<string, number> {
  const file = new DatabaseSync(database, { readOnly: true })
  const rows = file
    .prepare(
      `select tool, count(*) as count from audit_event
       where type = 'mcp.request' and member_id is not null group by tool`,
    )
    .all()
  file.close()
  return new Map(
    rows.map(({ tool, count }) => [tool === null ? LIST : String(tool), Number(count)]),
  )
}

function compare(
  sent: readonly (readonly [string, number])[],
  find: (tool: string) => number,
  how: string,
): Pick<Verdict, 'figure' | 'violations'> {
  const total = sent.reduce((sum, [, count]) => sum + count, 0)
  const found = sent.reduce((sum, [tool]) => sum + find(tool), 0)
  return {
    figure: `${found} of ${total}`,
    violations: sent
      .filter(([tool, count]) => find(tool) !== count)
      .map(([tool, count]) => `${tool}: ${count} sent, ${find(tool)} ${how}`),
  }
}
