import { describe, expect, it } from '@jest/globals'
import {
  buildClientReport,
  renderClientsMarkdown,
  renderClientsText,
} from '../../../codegen/clients/client-report.ts'
import type { Catalogue, ToolDefinition } from '../../../codegen/clients/tool-definition.ts'
import { ALLOW_LIST, DOCUMENT, edit, generateFrom } from '../fixture.ts'

const toolOf = (name: string, description: string): ToolDefinition => ({
  name,
  title: 'T',
  description,
  inputSchema: { type: 'object' },
  outputSchema: null,
})

const catalogueOf = (...tools: readonly ToolDefinition[]): Catalogue => ({
  connector: 'shop',
  instructions: null,
  tools,
  pinned: null,
})

describe('the client report', () => {
  it('counts tokens, the biggest tool first', async () => {
    const { size } = await buildClientReport(
      catalogueOf(toolOf('a.b', 'Short.'), toolOf('a.c', 'Longer than the other one.')),
    )

    expect(size.encoding).toBe('o200k_base')
    expect(size.tools.map(({ tool }) => tool)).toEqual(['a.c', 'a.b'])
    expect(size.tools.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(size.tokens)
    expect(size.tokens).toBeGreaterThan(20)
  })

  it('takes a marker of the encoding for text', async () => {
    const report = await buildClientReport(catalogueOf(toolOf('a.b', '<|endoftext|>')))

    expect(report.size.tokens).toBeGreaterThan(10)
  })

  it('says in text what is wrong, for whom, and what to do', async () => {
    const tools = Array.from({ length: 41 }, (_, index) => toolOf(`a.b${index}`, 'X.'))

    const lines = renderClientsText(await buildClientReport(catalogueOf(...tools)))

    expect(lines).toContain('Claude.ai: fine')
    expect(lines.slice(lines.indexOf('Cursor: 1 finding')).slice(0, 3)).toEqual([
      'Cursor: 1 finding',
      '  warning: 41 tools; it takes 40',
      '    → allow fewer tools, or make two connectors of them',
    ])
    expect(lines.at(-1)).toBe('  and 31 more')
  })

  it('says the same in Markdown, in which a document cannot write', async () => {
    const report = await buildClientReport(
      catalogueOf({
        ...toolOf('a.b', 'X.'),
        inputSchema: { type: 'object', properties: { '|<b>![x](y)': {} } },
      }),
    )

    const [table = ''] = renderClientsMarkdown(report)

    expect(table.split('\n')).toHaveLength(8)
    expect(table).toContain('\\|\\<b\\>\\!\\[x\\](y)')
  })

  it.each<[readonly string[], string]>([
    [[], 'searched: clients list tools.search, tools.describe and tools.call'],
    [
      ['a.b1'],
      'searched: clients list tools.search, tools.describe and tools.call, and 1 pinned tool of ',
    ],
  ])('says what clients list of a catalogue that is searched, pinned: %j', async (pinned, says) => {
    const tools = Array.from({ length: 200 }, (_, index) => toolOf(`a.b${index}`, 'X.'))
    const report = await buildClientReport({ ...catalogueOf(...tools), pinned })

    const lines = renderClientsText(report)
    const [, text] = renderClientsMarkdown(report)

    expect(lines).toContainEqual(expect.stringContaining(says))
    expect(text).toContain(says)
    expect(lines).toContainEqual(expect.stringMatching(/^200 tools, /))
    expect(lines).toContain('Cursor: fine')
    expect(report.size.listed?.tools).toBe(pinned.length)
    expect(report.size.listed?.tokens).toBeLessThan(pinned.length === 0 ? 1 : 40)
  })

  it.each([
    ['full', null],
    ['search', ['orders.list']],
  ])('knows what is listed of a catalogue that is offered %s', async (mode, pinned) => {
    const searched = edit(ALLOW_LIST, 'name: shop,', `name: shop, catalogue: ${mode},`)
    const allowList = edit(searched, 'listOrders', 'listOrders\n    pinned: true')

    const { catalogue } = await generateFrom(DOCUMENT, allowList)

    expect(catalogue.pinned).toEqual(pinned)
  })

  it('belongs to what is generated', async () => {
    const { catalogue } = await generateFrom()

    expect(catalogue).toMatchObject({
      connector: 'shop',
      tools: [
        {
          name: 'orders.list',
          description: expect.stringContaining('\n\nUse it to find orders. Returns'),
        },
      ],
    })
  })
})
