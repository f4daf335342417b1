import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import {
  authorize,
  bearer,
  connect,
  exchangeCode,
  refreshTokens,
  registerClient,
  type Tokens,
} from '../../support/oauth-client.ts'
import { callTool, resultOf } from '../../support/rpc.ts'
import { startServerProcesses, type ServerProcess } from '../../support/server-process.ts'
import { storeKinds, type TestDatabase } from '../../support/stores.ts'

const PROCESSES = 10
const ROUNDS = 30
const ROUND_NUMBERS = Array.from({ length: ROUNDS }, (_, round) => round)
/** One winner; the others are told that the grant is not good, and nothing else. */
const ONE_WINNER = ['200 ', ...Array.from({ length: PROCESSES - 1 }, () => '400 invalid_grant')]

describe.each(storeKinds)(`${PROCESSES} server processes on $kind`, ({ create }) => {
  let demo: Demo
  let database: TestDatabase
  let servers: readonly ServerProcess[]
  let origin: string

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    database = await create()
    const env = { DATABASE_URL: database.url, UPSTREAM_URL: demo.url }
    servers = await startServerProcesses(PROCESSES, env)
    origin = servers[0]?.url ?? ''
  }, 60_000)

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await database.drop()
    await demo.close()
  })

  /** Sends one request to each process, all at the same moment over connections that are open. */
  async function everywhere(ask: (url: string) => Promise<Tokens>): Promise<readonly Tokens[]> {
    await Promise.all(servers.map(async ({ url }) => (await fetch(`${url}/health`)).text()))
    return Promise.all(servers.map(({ url }) => ask(url)))
  }

  it(`give one token one successor in each of ${ROUNDS} rounds`, async () => {
    const { client, tokens } = await connect(origin)
    let last = tokens

    for (const round of ROUND_NUMBERS) {
      const answers = await everywhere((url) => refreshTokens(url, client, last.refresh_token))

      expect({ round, outcomes: outcomesOf(answers) }).toEqual({ round, outcomes: ONE_WINNER })
      last = winnerOf(answers)
    }

    const answer = await callTool(origin, 'taxGroups.list', {}, bearer(last.access_token))
    expect(resultOf(answer)).toHaveProperty('data')
  }, 60_000)

  it(`exchange each of ${ROUNDS} codes once`, async () => {
    const client = await registerClient(origin)

    for (const round of ROUND_NUMBERS) {
      const granted = await authorize(origin, client)
      const answers = await everywhere((url) => exchangeCode(url, client, granted))

      expect({ round, outcomes: outcomesOf(answers) }).toEqual({ round, outcomes: ONE_WINNER })
      const refreshed = await refreshTokens(origin, client, winnerOf(answers).refresh_token)
      expect({ round, status: refreshed.status }).toEqual({ round, status: 200 })
    }
  }, 60_000)
})

function outcomesOf(answers: readonly Tokens[]): readonly string[] {
  return answers.map(({ status, error = '' }) => `${status} ${error}`).sort()
}

function winnerOf(answers: readonly Tokens[]): Tokens {
  const winner = answers.find(({ status }) => status === 200)
  if (winner === undefined) throw new Error('nobody won')
  return winner
}
