import { expect, it } from '@jest/globals'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { createManyTools } from '../../../../bench/connectors/many-tools.ts'
import { startDemo } from '../../../../demo/server.ts'
import { callTool, resultOf, rpc } from '../../../support/rpc.ts'
import { findFreePorts, startServerProcess } from '../../../support/server-process.ts'

const TWO_MINUTES_MS = 120_000

it(
  'a connector of 1,000 operations costs a client less than 2,000 tokens to list, and each is found',
  async () => {
    const project = await createManyTools(1_000, { catalogue: 'auto' })
    const demo = await startDemo({ port: 0 })
    const [port = 0] = await findFreePorts(1)
    const env = { UPSTREAM_URL: demo.url, DATABASE_URL: 'sqlite::memory:' }
    const server = await startServerProcess(port, env, project.folder)
    try {
      const { result } = await rpc(server.url, 'tools/list')
      const search = { query: 'copies.read999', limit: 1 }
      const found = await callTool(server.url, 'tools.search', search)
      const invoices = { name: 'invoices.list', arguments: { pageSize: 1 } }
      const called = await callTool(server.url, 'tools.call', invoices)

      expect(countTokens(JSON.stringify(result))).toBeLessThan(2_000)
      expect(resultOf(found)).toMatchObject({ tools: [{ name: 'copies.read999' }] })
      expect(resultOf(called)).toHaveProperty('data.length', 1)
    } finally {
      await server.stop()
      await demo.close()
      project.remove()
    }
  },
  TWO_MINUTES_MS,
)
