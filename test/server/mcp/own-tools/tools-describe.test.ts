import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { asSearched } from '../../../support/connectors.ts'
import { startFlowtly, type TestConnector } from '../../../support/flowtly.ts'
import { publishText } from '../../../support/publish-text.ts'
import { callTool, refusalOf, resultOf, rpc } from '../../../support/rpc.ts'
import { startSwitched } from '../../../support/switched.ts'

let searched: Awaited<ReturnType<typeof startSwitched>>
let full: TestConnector

beforeAll(async () => {
  searched = await startSwitched({}, asSearched)
  full = await startFlowtly(searched.demo.url)
})

afterAll(async () => {
  await full.close()
  await searched.close()
})

const OWN_TEXT = 'Our jobs. Ask for them by their code.'

const listed = z.object({ tools: z.array(z.looseObject({ name: z.string() })) })

async function describeTool(name: string) {
  return resultOf(await callTool(searched.url, 'tools.describe', { name }))
}

describe('tools.describe', () => {
  it('shows every tool exactly as a full list does, by either spelling', async () => {
    const { result } = await rpc(full.url, 'tools/list')
    const { tools } = listed.parse(result)

    expect(tools.length).toBeGreaterThanOrEqual(16)
    for (const tool of tools) {
      expect(await describeTool(tool.name)).toEqual(tool)
      expect(await describeTool(tool.name.replace('.', '_'))).toEqual(tool)
    }
  })

  it('shows the text that the organization has given the tool, and search the same', async () => {
    await searched.change((store) =>
      publishText(store, {
        organizationId: 'acme',
        tool: 'projects.list',
        description: OWN_TEXT,
      }),
    )

    const found = await callTool(searched.url, 'tools.search', { query: 'projects', limit: 1 })

    expect(await describeTool('projects.list')).toMatchObject({ description: OWN_TEXT })
    expect(resultOf(found)).toMatchObject({
      tools: [{ name: 'projects.list', description: OWN_TEXT }],
    })
  })

  it.each([
    ['invoices.lst', 'invoices.list'],
    ['listInvoices', 'invoices.list'],
    ['contract.get', 'contracts.get'],
  ])('says what is nearest to %s', async (name, nearest) => {
    const answer = await callTool(searched.url, 'tools.describe', { name })

    expect(refusalOf(answer)).toContain(`Unknown tool: "${name}". The nearest are `)
    expect(refusalOf(answer)).toContain(nearest)
  })

  it('says so where nothing is near', async () => {
    const answer = await callTool(searched.url, 'tools.describe', { name: '發票' })

    expect(refusalOf(answer)).toBe(
      'Unknown tool: "發票". tools.search finds tools by what they answer.',
    )
  })

  it.each([
    ['no name', {}, '"name": is required'],
    ['an empty name', { name: '' }, 'minLength 1'],
    ['a name beyond all', { name: 'x'.repeat(65) }, 'maxLength 64'],
    ['two names', { names: ['a', 'b'] }, '"names": unknown argument; allowed: name'],
  ])('says what is wrong with %s', async (_name, args, says) => {
    expect(refusalOf(await callTool(searched.url, 'tools.describe', args))).toContain(says)
  })

  it('shows itself, as the list does', async () => {
    const { result } = await rpc(searched.url, 'tools/list')

    expect(listed.parse(result).tools).toContainEqual(await describeTool('tools.describe'))
  })
})
