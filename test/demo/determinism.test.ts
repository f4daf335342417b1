import { describe, expect, it } from '@jest/globals'
import { text } from '../../demo/database/row.ts'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createApiClient } from './support/client.ts'
import { at } from './support/json.ts'
import { createValidRequests } from './support/requests.ts'

const SECRET_OPERATIONS = ['createSession', 'refreshSession', 'deleteSession']

describe('two starts', () => {
  it('hold the same rows', async () => {
    const dumps = await Promise.all([dump(), dump()])

    expect(dumps[0].length).toBeGreaterThan(1_000_000)
    expect(dumps[0] === dumps[1]).toBe(true)
  })

  it('give the same answers, reads and writes alike', async () => {
    const [first, second] = [await collectAnswers(), await collectAnswers()]

    expect(first).toHaveLength(39)
    expect(first).toEqual(second)
  })
})

async function dump(): Promise<string> {
  const demo = await startDemo()
  const tables = demo.database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .all()
  const rows = tables.map((table) =>
    demo.database.prepare(`SELECT * FROM ${text(table, 'name')}`).all(),
  )
  await demo.close()
  return JSON.stringify(rows)
}

async function collectAnswers(): Promise<unknown[]> {
  const demo: Demo = await startDemo()
  const owner = createApiClient(demo)
  const requests = Object.entries(createValidRequests(demo, owner))
  const answers: unknown[] = []
  for (const [id, build] of requests) {
    if (SECRET_OPERATIONS.includes(id)) continue
    const { status, json, bytes } = await owner.send(await build())
    answers.push({ id, status, json, bytes: bytes.length, first: at(json, 'data', 0) })
  }
  await demo.close()
  return answers
}
