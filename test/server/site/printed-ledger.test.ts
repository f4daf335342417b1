import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { startDocumented, type Documented } from '../../support/site/documented.ts'
import { placeOf, type PrintedBlock } from '../../support/site/printed-blocks.ts'
import { listExchanges } from '../../support/site/printed-exchanges.ts'

let documented: Documented

beforeAll(async () => {
  documented = await startDocumented()
})

afterAll(() => documented.close())

/** What proves a block that is no request with its answer: a test by its file. */
const PROOFS: readonly (readonly [proof: string, is: (block: PrintedBlock) => boolean])[] = [
  ['printed-clients', ({ path, language }) => path === '/docs/connect' && language !== 'text'],
  ['printed-examples', ({ heading }) => heading.startsWith('Example of ')],
  [
    'printed-failures',
    ({ path, heading }) =>
      path === '/docs/errors' && /^When (?:Flowtly fails|you send|connections)/.test(heading),
  ],
  [
    'printed-failures',
    ({ path, heading }) => path === '/docs/troubleshooting' && heading === '`mcp_disabled`',
  ],
  [
    'printed-failures',
    ({ path, heading }) => path === '/docs/pagination' && heading === 'When an answer is cut',
  ],
  ['printed-failures', ({ path, heading }) => path === '/docs/transport' && heading === 'API keys'],
]

it('has a proof for every block of code of every page', () => {
  const { blocks, url } = documented
  const exchanged = listExchanges(blocks).flatMap(({ request, answer, text }) => [
    request,
    answer,
    text,
  ])

  const open = blocks
    .filter((block) => !exchanged.includes(block))
    .filter((block) => !PROOFS.some(([, is]) => is(block)))

  const [variable, address, ...others] = open
  expect(address?.text).toBe(`${url}/mcp`)
  expect(variable?.text).toBe(`export TOKEN='flowtly_sk_…'`)
  expect(others.map(placeOf)).toEqual([])
})
