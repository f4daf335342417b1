import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { describe } from '@jest/globals'
import { findFreePorts } from './server-process.ts'

const PDNS_SERVER = process.env['PDNS_SERVER_PATH'] ?? '/usr/sbin/pdns_server'
const IS_REQUIRED = (process.env['CI'] ?? '') !== ''
/** As Debian's package `pdns-backend-sqlite3` ships it. */
const SCHEMA = '/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql'
const START_MS = 20_000

/** What its API asks every client for, in `X-API-Key`. */
export const PDNS_KEY = 'a-key-of-the-tests-for-powerdns'

/** A PowerDNS authoritative server of this test's own. */
export type PowerDns = {
  /** Its origin; the API is below `/api/v1`. */
  readonly url: string
  /** Asks its API as a program of its own would: the answer that everything else is compared with. */
  readonly ask: (
    path: string,
    init?: {
      readonly method?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    },
  ) => Promise<Response>
  readonly close: () => Promise<void>
}

/** A suite that needs PowerDNS: required in CI, elsewhere skipped with a line where there is none. */
export function describeWithPowerDns(title: string, suite: () => void): void {
  if (IS_REQUIRED || existsSync(PDNS_SERVER)) {
    describe(title, suite)
    return
  }
  process.stderr.write(`skipped: ${title} (no PowerDNS at ${PDNS_SERVER}; set PDNS_SERVER_PATH)\n`)
  describe.skip(title, suite)
}

/**
 * Starts it on two free ports of this machine, with a database in a folder of its own.
 *
 * @throws {Error} with all that it wrote, where it ends or does not answer
 */
export async function startPowerDns(): Promise<PowerDns> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-pdns-'))
  const database = join(folder, 'pdns.db')
  await mkdir(join(folder, 'config'))
  await createDatabase(database)
  const [apiPort = 0, dnsPort = 0] = await findFreePorts(2)
  const settings = {
    'config-dir': join(folder, 'config'),
    'socket-dir': folder,
    daemon: 'no',
    guardian: 'no',
    'disable-syslog': 'yes',
    launch: 'gsqlite3',
    'gsqlite3-database': database,
    'gsqlite3-dnssec': 'yes',
    'local-address': '127.0.0.1',
    'local-port': dnsPort,
    'security-poll-suffix': '',
    webserver: 'yes',
    'webserver-address': '127.0.0.1',
    'webserver-port': apiPort,
    api: 'yes',
    'api-key': PDNS_KEY,
  }
  const options = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
  const child = spawn(PDNS_SERVER, options, { stdio: ['ignore', 'pipe', 'pipe'] })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (written += chunk.toString()))
  }
  const exited = once(child, 'exit')
  const close = async () => {
    child.kill()
    await exited
    await rm(folder, { recursive: true })
  }
  const url = `http://127.0.0.1:${apiPort}`
  const ask: PowerDns['ask'] = (path, init = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: {
        'X-API-Key': PDNS_KEY,
        'content-type': 'application/json',
        ...init.headers,
      },
    })

  for (let waited = 0; waited < START_MS && child.exitCode === null; waited += 100) {
    const answer = await ask('/api/v1/servers/localhost').catch(() => null)
    if (answer?.ok === true) return { url, ask, close }
    await wait(100)
  }
  await close()
  throw new Error(`PowerDNS does not answer:\n${written}`)
}

async function createDatabase(path: string): Promise<void> {
  const database = new DatabaseSync(path)
  database.exec(await readFile(SCHEMA, 'utf8'))
  database.close()
}
