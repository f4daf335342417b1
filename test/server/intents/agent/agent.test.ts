import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { startDemo, type Demo } from '../../../../demo/server.ts'
import { isRecord, readPointer } from '../../../../server/json.ts'
import { asSearched, startChanged } from '../../../support/connectors.ts'
import { credentials, type TestConnector } from '../../../support/flowtly.ts'
import { callTool, resultOf } from '../../../support/rpc.ts'
import type { NumberOf } from './agent-question.ts'
import { INTENT_QUESTIONS } from './intent-questions.ts'
import { TOOL_QUESTIONS } from './tool-questions.ts'

// An agent without a model: it searches with the question, sees the right tool among the first
// three, and calls it with arguments that are written beside the question.

const QUESTIONS = [...TOOL_QUESTIONS, ...INTENT_QUESTIONS]
const ORGANIZATION = 'acme'
const found = z.object({ tools: z.array(z.object({ name: z.string() })) })

let demo: Demo
let running: TestConnector

beforeAll(async () => {
  demo = await startDemo({ rateLimitPerMinute: Infinity })
  running = await startChanged(asSearched, demo.url)
})

afterAll(async () => {
  await running.close()
  await demo.close()
})

async function use(tool: string, args: unknown): Promise<unknown> {
  return resultOf(await callTool(running.url, tool, args, credentials()))
}

describe('an agent without a model', () => {
  it('has forty questions, of which each is another', () => {
    expect(new Set(QUESTIONS.map(({ ask }) => ask)).size).toBe(40)
  })

  it.each(QUESTIONS.map((question) => [question.ask, question] as const))(
    '%s',
    async (ask, { tool, arguments: args, number, sql }) => {
      const { tools } = found.parse(await use('tools.search', { query: ask, limit: 3 }))
      const answer = await use('tools.call', { name: tool, arguments: args })
      const row = demo.database.prepare(sql).get({ organization: ORGANIZATION }) ?? {}
      const [expected] = Object.values(row)

      expect(tools.map(({ name }) => name)).toContain(tool)
      expect(expected).toEqual(expect.anything())
      expect(expected).not.toBe(0)
      expect(readNumber(answer, number)).toEqual(expected)
    },
  )
})

/** Cents are added, and not their decimals. */
function readNumber(answer: unknown, number: NumberOf): unknown {
  if ('at' in number) return readPointer(answer, number.at)
  const items = z
    .array(z.unknown())
    .parse(readPointer(answer, 'count' in number ? number.count : number.of))
  if ('count' in number) return items.length
  const { sum, where = {} } = number
  const cents = items
    .filter((item) =>
      Object.entries(where).every(([key, value]) => isRecord(item) && item[key] === value),
    )
    .reduce<number>(
      (total, item) => total + Math.round(100 * z.number().parse(readPointer(item, sum))),
      0,
    )
  return cents / 100
}
