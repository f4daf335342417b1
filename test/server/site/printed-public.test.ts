import { expect, it } from '@jest/globals'
import { startDemo } from '../../../demo/server.ts'
import { startChanged, withTool } from '../../support/connectors.ts'
import { readAllBlocks } from '../../support/site/documented.ts'
import { readPublishedPages } from '../../support/site/printed-blocks.ts'
import { listExchanges, proveExchange } from '../../support/site/printed-exchanges.ts'

it('prints the address of the tools that need no credential, and what they bring', async () => {
  await using opened = new AsyncDisposableStack()
  const demo = await startDemo({ port: 0 })
  opened.defer(() => demo.close())
  await using connector = await startChanged(
    (shipped) => withTool(shipped, 'taxGroups.list', () => ({ public: true })),
    demo.url,
  )
  const pages = await readPublishedPages(connector.url)
  const open = listExchanges(readAllBlocks(pages)).filter(
    ({ request }) => request.heading === 'Tools without a credential',
  )

  const differences = await Promise.all(open.map((exchange) => proveExchange(exchange, {})))

  expect(open.length).toBe(1)
  expect(differences.flat()).toEqual([])
  expect(pages.get('/docs/tools/taxGroups')).toContain(`at \`${connector.url}/public/mcp\``)
  expect(pages.get('/docs/tools/invoices')).not.toContain('/public/mcp')
})
