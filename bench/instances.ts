import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../demo/seed/random.ts'
import { readOrganizationRecords } from '../test/support/organization-records.ts'
import { callAround, callOnce } from './instances/call-load.ts'
import { checkAudit } from './ledger/check-audit.ts'
import { checkGrants } from './instances/check-grants.ts'
import { checkRates } from './instances/check-rates.ts'
import { disturb, type Stretch } from './instances/disturbances.ts'
import { createLedger } from './ledger/ledger.ts'
import { RATE_LIMIT, startMachine, type Machine } from './instances/machine.ts'
import { createOperator } from './instances/operator.ts'
import { openCallers, openConnections } from './callers/people.ts'
import { createChain, refreshOn } from './instances/refresh-chains.ts'
import { renderOutcomes, renderVerdicts, type Verdict } from './ledger/report.ts'
import { connectAndRevoke } from './instances/revocations.ts'
import { createSwitching } from './instances/switching.ts'
import { judgeWindow, useWindow } from './instances/use-window.ts'

const USAGE = `usage: npm run bench:instances -- [--seconds N] [--seed N]

Three instances behind nginx, with a PostgreSQL and a Redis of their own, under load and disturbed.

  --seconds N   how long, at least 20 (default 60)
  --seed N      repeats the choices of an earlier run (default: another one each time)
`
/** The event that an answered request of this kind leaves, once for each of its messages. */
const TYPES: Readonly<Record<string, string>> = {
  call: 'mcp.request',
  list: 'mcp.request',
  error: 'mcp.request',
  batch: 'mcp.request',
  refresh: 'token.refreshed',
  revoke: 'token.revoked',
}
const CALL_WORKERS = 6
const CHAINS = 8

const options = readOptions(process.argv.slice(2))
if (options === null) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-instances-'))
  try {
    const machine = await startMachine(folder)
    try {
      process.exitCode = await measure(machine, options)
    } finally {
      await machine.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(
  machine: Machine,
  { seconds, seed }: { readonly seconds: number; readonly seed: number },
): Promise<number> {
  const { demo, nginx, instances, postgres, env } = machine
  const origin = nginx.url
  const random = createRandom(seed)
  const ledger = createLedger()
  const operator = createOperator(env)
  const switching = createSwitching(operator, 'globex')
  const records = {
    acme: readOrganizationRecords(demo.database, 'acme', 'globex'),
    globex: readOrganizationRecords(demo.database, 'globex', 'acme'),
  }
  const callers = await openCallers({ origin, databaseUrl: postgres.url })
  const chains = (await openConnections(origin, CHAINS)).map(createChain)
  const calls = { origin, ledger, records, mayBeOff: switching.mayBeOff }
  // Nobody else has this member's window.
  const busy = callers.filter(({ who }) => who === 'acme:accountant@acme.example')
  const others = callers.filter((caller) => !busy.includes(caller))
  const [first] = busy
  if (first === undefined) throw new Error('nobody is busy')
  const window = await useWindow(calls, { caller: first, limit: RATE_LIMIT })
  const stopping = new AbortController()
  const { signal } = stopping

  const load = Promise.all([
    ...Array.from({ length: CALL_WORKERS }, () =>
      callAround(calls, { callers: others, random, pauseMs: 60, signal }),
    ),
    callAround(calls, { callers: busy, random, pauseMs: 20, signal }),
    ...chains.map((chain) =>
      refreshOn({ origin, ledger }, chain, { random, pauseMs: 300, signal }),
    ),
  ])
  const revoking = connectAndRevoke({ origin, ledger }, { random, pauseMs: 800, signal })
  const disturbed = await disturb(machine, switching, { random, durationMs: seconds * 1000 })
  stopping.abort()
  await load
  const ended = await revoking

  const databaseUrl = postgres.url
  const grants = await checkGrants({ origin, ledger, databaseUrl }, chains, ended)
  const answers = await Promise.all(
    instances.map(({ url }) =>
      Promise.all(others.map((caller) => callOnce({ ...calls, origin: url }, caller))),
    ),
  )
  const codes = await Promise.all(instances.map((instance) => instance.stop()))
  const audit = await checkAudit(databaseUrl, ledger.entries, (kind) => TYPES[kind])
  const verified = await operator('audit', 'verify')

  const { entries } = ledger
  const wrong = entries.filter(({ outcome }) => outcome === 'wrong')
  const lives = instances.flatMap((instance) => instance.lives)
  const rates = checkRates({ entries, limit: RATE_LIMIT, lives, withoutRedis: disturbed.redis })
  const early = entries.filter(
    ({ outcome, who, sentAt, endedAt }) =>
      outcome === 'right' &&
      who.startsWith('globex:') &&
      switching.mustBeOff('globex', sentAt, endedAt),
  )
  const refusedOff = entries.filter(({ outcome }) => outcome === 'switched off')
  const unplanned = instances.flatMap((instance) => instance.errors())

  const verdicts: readonly Verdict[] = [
    {
      what: 'every request gets a right answer or a clear error',
      figure: `${entries.length} requests, ${wrong.length} wrong`,
      violations: wrong.map(({ kind, who, detail }) => `${kind}: ${detail} (${who})`),
    },
    {
      what: 'no connection, refresh or revocation is lost or doubled',
      figure: `${grants.chains} connections refreshed ${grants.refreshes} times, ${ended.length} were ended`,
      violations: [...grants.broken, ...grants.doubled],
    },
    {
      what: 'no audit event is lost or doubled',
      figure: `${audit.events} events, ${audit.compared} requests compared`,
      violations: [
        ...audit.lost.map((each) => `lost: ${each}`),
        ...audit.doubled.map((each) => `doubled: ${each}`),
        ...(verified.code === 0 ? [] : [`audit verify: ${verified.stdout}${verified.stderr}`]),
      ],
    },
    {
      what: 'no window holds more than its limit, or than the fallback documents',
      figure: rates.map(({ who, most, allowed }) => `${who} ${most}/${allowed}`).join(', '),
      violations: rates
        .filter(({ most, allowed }) => most > allowed)
        .map(({ who, most, allowed }) => `${who}: ${most} of ${allowed}`),
    },
    judgeWindow(window, RATE_LIMIT),
    {
      what: 'an organization is off everywhere within two seconds',
      figure: `${refusedOff.length} calls refused, ${early.length} answered too late`,
      violations: [
        ...early.map(({ requestId }) => `${requestId} was answered`),
        ...(refusedOff.length > 0 ? [] : ['nothing was refused']),
      ],
    },
    {
      what: 'every credential works on every instance afterwards',
      figure: `${answers.flat().length} calls`,
      violations: answers.flat().filter((each) => each !== 'right' && each !== 'rate limited'),
    },
    {
      what: 'every instance stops with exit code 0',
      figure: codes.join(', '),
      violations: codes.filter((code) => code !== 0).map((code) => `exit code ${code ?? 'none'}`),
    },
  ]
  console.log(`seed ${seed}, ${seconds} s\n\nrequests`)
  console.log(renderOutcomes(entries))
  console.log('\ndisturbances (milliseconds until it was up again)')
  for (const [name, stretches] of Object.entries(disturbed))
    console.log(renderStretches(name, stretches))
  console.log(`  errors in the log  ${unplanned.length}`)
  for (const line of unplanned.slice(0, 5)) console.log(`    ${line.slice(0, 300)}`)
  console.log(`\n${renderVerdicts(verdicts)}`)
  return verdicts.some(({ violations }) => violations.length > 0) ? 1 : 0
}

function renderStretches(name: string, stretches: readonly Stretch[]): string {
  const list = stretches.map(({ what, from, until }) => `${what} ${until - from}`)
  return `  ${name.padEnd(18)} ${list.length}: ${list.join(', ')}`
}

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
    })
    const seconds = Number(values.seconds)
    const seed = Number(values.seed ?? Date.now() % 1_000_000)
    return seconds >= 20 && Number.isInteger(seed) ? { seconds, seed } : null
  } catch {
    return null
  }
}
