import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import { openTestStores, storeKinds, type TestStores } from '../../support/stores.ts'
import { TEST_SECRET_KEY } from '../../support/flowtly.ts'
import { callOf, openTestAudit } from '../audit/fixture.ts'
import { openRawDatabase } from '../store/raw-database.ts'
import { runHere, toResult } from './deployment.ts'

const EVENTS = 1_100
const HOUR_MS = 3_600_000

/** Checks exported lines with nothing of ours, as anybody may. @returns where they go wrong */
function checkLines(lines: readonly string[]): readonly string[] {
  let previous: string | null = null
  return lines.flatMap((line, index) => {
    const { hash, ...rest } = toResult(line).first
    const canonical = JSON.stringify(rest, Object.keys(rest).sort())
    const isWhole = createHash('sha256').update(canonical).digest('hex') === hash
    const isLinked = previous === null || rest['previousHash'] === previous
    previous = String(hash)
    return isWhole && isLinked ? [] : [`line ${index + 1}`]
  })
}

describe.each(storeKinds)('audit commands on $kind', (kind) => {
  let stores: TestStores
  let env: Readonly<Record<string, string>>
  beforeAll(async () => {
    stores = await openTestStores(kind)
    env = { DATABASE_URL: stores.url, SECRET_KEY: TEST_SECRET_KEY.reveal() }
    let time = Date.now() - 3 * HOUR_MS
    const audit = openTestAudit(stores.store.auditEvents, { isServer: false, now: () => time })
    for (let number = 0; number < EVENTS; number += 1) {
      if (number === EVENTS - 10) time += 2.5 * HOUR_MS
      audit.log.record(callOf('acme', `r\u2028${number}`))
    }
    audit.log.record(callOf(null))
    await audit.close()
  })
  afterAll(() => stores.close())

  async function exportLines(...options: readonly string[]): Promise<readonly string[]> {
    const { code, stdout, stderr } = await runHere(['audit', 'export', ...options], env)
    if (code !== 0) throw new Error(stderr)
    return stdout.split('\n').slice(0, -1)
  }

  it('exports a chain that anybody can check', async () => {
    const lines = await exportLines('--org', 'acme')

    expect(lines).toHaveLength(EVENTS)
    expect(checkLines(lines)).toEqual([])
    expect(checkLines(lines.toSpliced(7, 1))).toEqual(['line 8'])
    expect(checkLines(lines.with(7, lines[7]?.replace('"m1"', '"m2"') ?? ''))).toEqual(['line 8'])
  })

  it.each([
    [['--org', 'acme', '--since', '1h'], 10],
    [['--org', 'acme', '--until', '1h'], EVENTS - 10],
    [['--org', 'acme', '--since', '2020-01-01', '--until', '2020-01-02T00:00:00Z'], 0],
    [['--none'], 1],
    [['--org', 'acme', '--format', 'ocsf', '--since', '1h'], 10],
    [['--org', 'acme', '--format', 'cef', '--since', '1h'], 10],
  ] as const)('exports %j', async (options, count) => {
    expect(await exportLines(...options)).toHaveLength(count)
  })

  it.each([
    [['export'], 2, /give --org ID or --none/],
    [['export', '--org', 'acme', '--none'], 2, /give --org ID or --none/],
    [['export', '--org', 'nobody'], 1, /there is no organization "nobody"/],
    [['export', '--org', 'acme', '--format', 'xml'], 2, /--format must be json, ocsf, cef/],
    [['export', '--org', 'acme', '--since', 'yesterday'], 2, /--since must be a date/],
    [['export', '--org', 'acme', '--since', '2026-02-30'], 2, /--since must be a date/],
    [['export', '--org', 'acme', '--since', '2999-01-01'], 2, /--since is in the future/],
    [['export', '--org', 'acme', '--since', '1h', '--until', '2h'], 2, /--until must be after/],
    [['verify', '--org', 'nobody'], 1, /there is no organization "nobody"/],
    [['verify', 'acme'], 2, /takes no "acme"/],
  ] as const)('refuses %j with %i', async (args, exit, reason) => {
    const { code, stderr, stdout } = await runHere(['audit', ...args], env)

    expect(stderr).toMatch(reason)
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' })
  })

  it('says that everything is as it was recorded, and with 1 what is not', async () => {
    const good = await runHere(['audit', 'verify'], env)
    const raw = await openRawDatabase(stores.url)
    await sql`delete from audit_event where organization_id = 'acme' and sequence = 9`.execute(raw)
    await raw.destroy()
    const bad = await runHere(['audit', 'verify', '--org', 'acme'], env)
    const json = await runHere(['audit', 'verify', '--json'], env)

    expect(good).toMatchObject({ code: 0, stderr: '' })
    expect(good.stdout).toContain(`organization "acme": ${EVENTS} events as recorded`)
    expect(bad.code).toBe(1)
    expect(bad.stdout).toBe('organization "acme", event 9: removed, up to 9\n')
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({ isIntact: false, missing: null })
  })
})
