import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bearer, connect } from '../../test/support/oauth-client.ts'
import { START_COMMAND } from '../../test/support/start-command.ts'
import { startNodeProgram, type NodeProgram } from '../services/node-program.ts'
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

/** Starts the floor. @param toolsFile the tools that it lists; none without it */
export async function startFloor(
  ground: Ground,
  name: string,
  toolsFile?: string,
): Promise<Subject> {
  const port = ground.takePort()
  const program = await startNodeProgram({
    args: [
      'bench/floor.ts',
      String(port),
      ground.upstreamUrl,
      ...(toolsFile === undefined ? [] : [toolsFile]),
    ],
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

/** How a connector is started. */
type ConnectorOptions = {
  /** Beside what all have. */
  readonly env?: Readonly<Record<string, string>>
  /** Of another copy of the project; this one by default. */
  readonly folder?: string
}

/** Starts the connector as it is shipped, and connects a client to it. */
export async function startConnector(
  ground: Ground,
  name: string,
  options: ConnectorOptions & { readonly takes?: (each: Case) => boolean } = {},
): Promise<ConnectorSubject> {
  const { program, url, database } = await launchConnector(ground, options)
  const { tokens } = await connect(url)
  const headers = bearer(tokens.access_token)
  const { takes = () => true } = options
  return {
    ...{ name, program, headers, toolNames: OWN_NAMES, takes },
    ...{ projects: true, isPeer: false, sent: new Map(), url, database },
  }
}

/** Starts the connector as it is shipped, but for a rate limit that counts and does not refuse. */
export async function launchConnector(
  ground: Ground,
  { env = {}, folder }: ConnectorOptions,
): Promise<{ readonly program: NodeProgram; readonly url: string; readonly database: string }> {
  const port = ground.takePort()
  const home = join(ground.folder, `connector-${port}`)
  mkdirSync(home)
  const database = join(home, 'sluice.db')
  const url = `http://127.0.0.1:${port}`
  const program = await startNodeProgram({
    args: START_COMMAND,
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
    ...(folder !== undefined && { folder }),
  })
  return { program: ground.keep(program), url, database }
}
