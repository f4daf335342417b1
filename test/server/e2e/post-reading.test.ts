import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { connector as posts } from '../../golden/post-reading/out/index.ts'
import { startChanged } from '../../support/connectors.ts'
import type { TestConnector } from '../../support/flowtly.ts'
import { operationNames } from '../../support/listed-tools.ts'
import { startRecordingUpstream, type RecordingUpstream } from '../../support/recording-upstream.ts'
import { KNOWN } from '../../support/raw-upstream.ts'
import { callTool, rpc } from '../../support/rpc.ts'

let upstream: RecordingUpstream
let connector: TestConnector

beforeAll(async () => {
  upstream = await startRecordingUpstream(KNOWN)
  connector = await startChanged(
    (shipped) => ({ ...shipped, namespaces: posts.namespaces, tools: posts.tools, research: [] }),
    `${upstream.origin}/v1`,
  )
})

afterAll(async () => {
  await connector.close()
  await upstream.close()
})

describe('a POST for reading', () => {
  it('sends its arguments where each of them belongs', async () => {
    const args = { id: 'a b', size: 10, body_id: 'x', text: 'due', created_gt: '2026-01-31' }

    const answer = await callTool(connector.url, 'reports.search', args)

    expect(answer.error).toBeUndefined()
    const request = upstream.requests.at(-1)
    expect(request).toMatchObject({
      method: 'POST',
      target: '/v1/shops/a%20b/reports/search?limit=20',
      headers: { 'content-type': 'application/json' },
    })
    expect(JSON.parse(request?.body ?? '')).toEqual({
      id: 'x',
      size: 10,
      text: 'due',
      mode: 'quick',
      'created[gt]': '2026-01-31',
    })
  })

  it.each<[tool: string, args: object, target: string, body: string]>([
    ['reports.byIds', { body: ['1', '2'] }, '/v1/reports/by-ids', '["1","2"]'],
    ['reports.query', { body: { kept: 'k' } }, '/v1/reports/query', '{"kept":"k"}'],
    ['reports.count', { year: 2026 }, '/v1/reports/count', '{"year":2026}'],
    ['reports.count', {}, '/v1/reports/count', ''],
    ['reports.latest', {}, '/v1/reports/latest', ''],
  ])('of %s with %j sends POST %s %s', async (tool, args, target, body) => {
    const answer = await callTool(connector.url, tool, args)

    expect(answer.error).toBeUndefined()
    expect(upstream.requests.at(-1)).toMatchObject({ method: 'POST', target, body })
  })

  it('is refused before it is sent where its body is not what the schema says', async () => {
    const before = upstream.requests.length

    const answer = await callTool(connector.url, 'reports.byIds', { body: 'no list' })

    expect(answer.result?.isError).toBe(true)
    expect(upstream.requests).toHaveLength(before)
  })

  it('is told to be a read', async () => {
    const { result } = await rpc(connector.url, 'tools/list')

    expect(operationNames(result?.['tools'])).toHaveLength(posts.tools.length)
    for (const tool of posts.tools) {
      expect(result?.['tools']).toContainEqual(
        expect.objectContaining({
          name: tool.name,
          annotations: expect.objectContaining({ readOnlyHint: true, destructiveHint: false }),
        }),
      )
    }
  })
})
