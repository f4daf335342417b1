import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../../demo/server.ts'
import { startChanged } from '../../support/connectors.ts'
import type { TestConnector } from '../../support/flowtly.ts'
import { withPrompts } from '../../support/prompts.ts'
import { rpc } from '../../support/rpc.ts'
import { INTENTS, PROMPTS } from './prompted.ts'

let demo: Awaited<ReturnType<typeof startDemo>>
let connector: TestConnector
let url: string

beforeAll(async () => {
  demo = await startDemo({ port: 0 })
  connector = await startChanged((shipped) => withPrompts(shipped, PROMPTS, INTENTS), demo.url)
  url = connector.url
})

afterAll(async () => {
  await connector.close()
  await demo.close()
})

const complete = (ref: object, name: string, value: string) =>
  rpc(url, 'completion/complete', { ref, argument: { name, value } })

describe('completion/complete', () => {
  it.each<[rule: string, prompt: string, argument: string, value: string, values: string[]]>([
    ['begins with what was typed', 'toned', 'tone', 'F', ['friendly', 'firm', 'Final warning']],
    ['has it inside, else', 'toned', 'tone', 'warn', ['Final warning']],
    ['is nothing where anything may stand', 'contractCheck', 'focus', 'a', []],
    ['is true or false', 'cashToday', 'closed', '', ['true', 'false']],
  ])('%s', async (_rule, name, argument, value, values) => {
    const { result } = await complete({ type: 'ref/prompt', name }, argument, value)

    expect(result).toEqual({ completion: { values, total: values.length, hasMore: false } })
  })

  it.each<[what: string, ref: object, argument: string, message: string]>([
    ['prompt', { type: 'ref/prompt', name: 'nope' }, 'a', 'Unknown prompt: "nope"'],
    ['argument', { type: 'ref/prompt', name: 'toned' }, 'ton', 'Unknown argument: "ton"'],
    [
      'template',
      { type: 'ref/resource', uri: 'flowtly://nope/{id}' },
      'id',
      'Unknown resource template: "flowtly://nope/{id}"',
    ],
    [
      'argument of a template',
      { type: 'ref/resource', uri: 'flowtly://contracts/{contractId}' },
      'id',
      'Unknown argument: "id"',
    ],
  ])('knows no other %s', async (_what, ref, argument, message) => {
    const { error } = await complete(ref, argument, '')

    expect(error).toEqual({ code: -32602, message })
  })

  it('is nothing for a template whose argument may be anything', async () => {
    const ref = { type: 'ref/resource', uri: 'flowtly://contracts/{contractId}' }

    const { result } = await complete(ref, 'contractId', '')

    expect(result).toEqual({ completion: { values: [], total: 0, hasMore: false } })
  })

  it('is the values that the tool of a template takes', async () => {
    await using other = await startChanged((shipped) => {
      const tools = shipped.tools.map((tool) => {
        if (tool.name !== 'contracts.get') return tool
        const properties = { contractId: { type: 'string', enum: ['a', 'b'] } }
        return { ...tool, inputSchema: { ...tool.inputSchema, properties } }
      })
      return withPrompts({ ...shipped, tools }, PROMPTS)
    }, demo.url)

    const { result } = await rpc(other.url, 'completion/complete', {
      ref: { type: 'ref/resource', uri: 'flowtly://contracts/{contractId}' },
      argument: { name: 'contractId', value: 'B' },
    })

    expect(result).toMatchObject({ completion: { values: ['b'] } })
  })
})
