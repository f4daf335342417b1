import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemo } from '../demo/server.ts'
import { toCanonicalJson } from '../server/audit/canonical-json.ts'
import { completeEvent } from '../server/audit/complete-event.ts'
import { openStore } from '../server/store/open-store.ts'
import { signInToConsole } from '../test/support/console-session.ts'
import { startFlowtly } from '../test/support/flowtly.ts'
import { startWatchedBrowser } from '../test/support/watched-browser.ts'
import { END, fillAudit, STEP_MS } from './fill-audit.ts'

// The console's audit page over HTTP, among a million events of one organization: [DATABASE_URL] [EVENTS].
const EVENTS = Number(process.argv[3] ?? 1_000_000)
const ROUNDS = 15

const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
const url = process.argv[2] ?? `sqlite:${join(folder, 'sluice.db')}`
try {
  await (await openStore({ url, now: Date.now })).close()
  await fillAudit(url, { organization: 'acme', events: EVENTS, body: toBody() })
  await using stack = new AsyncDisposableStack()
  const demo = stack.adopt(await startDemo({ port: 0 }), (each) => each.close())
  await using connector = await startFlowtly(demo.url, { DATABASE_URL: url })
  const browser = startWatchedBrowser()
  await signInToConsole(connector.url, { browser, to: '/console/audit' })
  const cookie = browser.cookieAt('/console/audit')
  const measured = (search: string) => measure(`${connector.url}/console/audit${search}`, cookie)

  const member = '0199f3a2-6b1c-7d3e-9a55-000000001007'
  const client = encodeURIComponent('https://client.example/oauth/metadata-2')
  const oldest = `after=${END - (EVENTS - 1_000) * STEP_MS}-1000`
  const rows: readonly (readonly [string, string])[] = [
    ['no filter, newest', ''],
    ['no filter, oldest', `?${oldest}`],
    ['a member', `?member=${member}`],
    ['a member, oldest', `?member=${member}&${oldest}`],
    ['a member who called on the first day only', '?member=member-of-old'],
    ['a member who never was', '?member=nobody'],
    ['a client', `?client=${client}`],
    ['a tool', '?tool=invoices.list3'],
    ['failures', '?outcome=failure'],
    ['successes, oldest', `?outcome=success&${oldest}`],
    ['a type', '?type=sign-in.failed'],
    ['all filters', `?member=${member}&client=${client}&tool=invoices.list7&outcome=failure`],
    ['one event', `/events/${Math.floor(EVENTS / 2)}`],
  ]
  for (const [name, search] of rows) {
    const { ms, worstMs, bytes } = await measured(search)
    console.log(
      `${name.padEnd(44)} ${ms.toFixed(1).padStart(8)} ms, worst ${worstMs.toFixed(1).padStart(8)} ms ${String(bytes).padStart(8)} bytes`,
    )
  }
} finally {
  rmSync(folder, { recursive: true })
}

/** To the first byte of the answer: the median and the worst of some rounds, after one that warms up. */
async function measure(address: string, cookie: string) {
  const times: number[] = []
  let bytes = 0
  for (let round = 0; round <= ROUNDS; round += 1) {
    const started = performance.now()
    const response = await fetch(address, { headers: { cookie } })
    if (round > 0) times.push(performance.now() - started)
    bytes = (await response.arrayBuffer()).byteLength
    if (!response.ok) throw new Error(`${response.status} at ${address}`)
  }
  const sorted = times.sort((one, other) => one - other)
  return { ms: sorted[Math.floor(ROUNDS / 2)] ?? 0, worstMs: sorted.at(-1) ?? 0, bytes }
}

/** An event as it is stored, of its usual length; its own names do not matter here. */
function toBody(): string {
  const event = completeEvent(
    {
      ...{ type: 'mcp.request', outcome: 'success', organization: 'acme', member: 'mem_01' },
      ...{ clientId: 'https://client.example/oauth/metadata-2', clientName: 'Claude' },
      ...{ credential: 'oauth', method: 'tools/call', tool: 'invoices.list', httpStatus: 200 },
      ...{ route: 'GET /invoices', upstreamStatus: 200, durationMs: 41.5, bytes: 9_105 },
      ...{ address: '203.0.113.7', requestId: 'a5f828d7-4d56-429a-a5e2-89a9690472fa' },
    },
    { id: '0b5f1f52-6f0c-4c5e-9d0e-6a1f6f1c2a01', time: END, connector: 'flowtly' },
  )
  const time = new Date(END).toISOString()
  return toCanonicalJson({ ...event, time, sequence: 1, previousHash: 'a'.repeat(64) })
}
