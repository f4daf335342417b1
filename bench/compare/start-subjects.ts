import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bearer, connect } from '../../test/support/oauth-client.ts'
import { startNodeProgram } from '../services/node-program.ts'
import type { Case } from './cases.ts'
import type { Ground } from './ground.ts'
import { OWN_NAMES, type Subject } from './subject.ts'

/** A connector, and what is needed to look into it. */
export type ConnectorSubject = Subject & {
  readonly url: string
  /** Its SQLite file. */
  readonly database: string
}

/** The most that can be set. */
const RATE_LIMIT = '1000000'
const QUIET = '--disable-warning=ExperimentalWarning'

/** Starts the floor. */
export async function startFloor(ground: Ground, name: string): Promise<Subject> {
  const port = ground.takePort()
  const program = await startNodeProgram({
    args: ['bench/floor.ts', String(port), ground.upstreamUrl],
    port,
    logFile: join(ground.folder, `floor-${port}.log`),
    core: ground.cores.measured,
  })
  ground.keep(program)
  return {
    ...{ name, program, headers: {}, toolNames: OWN_NAMES },
    ...{ takes: () => true, projects: false, isPeer: false, sent: new Map() },
  }
}

/**
 * Starts the connector as it is shipped, but for a rate limit that counts and does not refuse, and
 * connects a client to it.
 *
 * @param options.env beside that
 */
export async function startConnector(
  ground: Ground,
  options: {
    readonly name: string
    readonly takes: (each: Case) => boolean
    readonly env?: Readonly<Record<string, string>>
  },
): Promise<ConnectorSubject> {
  const { name, takes, env = {} } = options
  const port = ground.takePort()
  const home = join(ground.folder, `connector-${port}`)
  mkdirSync(home)
  const database = join(home, 'sluice.db')
  const url = `http://127.0.0.1:${port}`
  const program = await startNodeProgram({
    args: [QUIET, 'server/main.ts'],
    port,
    logFile: join(home, 'server.log'),
    core: ground.cores.measured,
    env: {
      PORT: String(port),
      DATABASE_URL: `sqlite:${database}`,
      AUDIT_SPOOL: join(home, 'spool'),
      SECRET_KEY: randomBytes(32).toString('base64'),
      UPSTREAM_URL: ground.upstreamUrl,
      RATE_LIMIT_PER_MINUTE: RATE_LIMIT,
      ...env,
    },
  })
  ground.keep(program)
  const { tokens } = await connect(url)
  const headers = bearer(tokens.access_token)
  return {
    ...{ name, program, headers, toolNames: OWN_NAMES, takes },
    ...{ projects: true, isPeer: false, sent: new Map(), url, database },
  }
}
