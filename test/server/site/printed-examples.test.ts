import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { loadPublished } from '../../../server/connector.ts'
import type { DocsTool } from '../../../site/docs.ts'
import { bearer } from '../../support/oauth-client.ts'
import { resultOf, rpc } from '../../support/rpc.ts'
import { startDocumented, type Documented } from '../../support/site/documented.ts'
import { findShapeDifferences } from '../../support/site/printed-answer.ts'

/** Texts as they are, other values as JSON. */
const toText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

const { docs } = await loadPublished('flowtly')
const TOOLS = docs.namespaces.flatMap(({ tools }) => tools)

let documented: Documented

beforeAll(async () => {
  documented = await startDocumented()
})

afterAll(() => documented.close())

/** The example of a tool: its call and its answer, as they are printed. */
function readExample({ name, arguments: own }: DocsTool) {
  const heading = `Example of ${name}`
  const [call, answer] = documented.blocks.filter((block) => block.heading === heading)
  if (call === undefined || answer === undefined) throw new Error(`no example of ${name}`)
  const params = printedCall.parse(JSON.parse(call.text))
  const printed: unknown = JSON.parse(answer.text)
  const needed = own.filter(({ required }) => required).map((argument) => argument.name)
  const unfiltered = Object.fromEntries(needed.map((key) => [key, params.arguments[key]]))
  return { params, printed, unfiltered }
}

const printedCall = z.strictObject({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()),
})

async function call(params: unknown): Promise<unknown> {
  const { url, variables } = documented
  return resultOf(await rpc(url, 'tools/call', params, bearer(variables.TOKEN)))
}

describe('the example of a tool', () => {
  it.each(TOOLS)('$name can be called as it stands, and answers as it says', async (tool) => {
    const { params, printed } = readExample(tool)

    const real = await call(params)

    expect(params.name).toBe(tool.name)
    expect(findShapeDifferences(printed, real)).toEqual([])
  })

  it.each(TOOLS)('$name answers as it says where nothing narrows it', async (tool) => {
    const { params, printed, unfiltered } = readExample(tool)

    const real = await call({ name: params.name, arguments: unfiltered })

    expect(findShapeDifferences(printed, real)).toEqual([])
    // A list without items would prove nothing of them.
    expect(JSON.stringify(real)).not.toContain('"data":[]')
  })
})

describe('the page of a namespace', () => {
  it.each(TOOLS)('says of $name all that the catalogue knows', (tool) => {
    const [namespace = ''] = tool.name.split('.')
    const page = documented.pages.get(`/docs/tools/${namespace}`) ?? ''
    const begin = page.indexOf(`## ${tool.name}\n`)
    const end = page.indexOf('\n## ', begin + 1)
    const section = page.slice(begin, end === -1 ? undefined : end)

    const rows = [...section.matchAll(/^\| `([^`]+)` \| .* \| (.*?) \| (yes|no) \| [^|]*\|$/gm)]

    expect(rows.map(([, name, type, required]) => [name, type, required])).toEqual(
      tool.arguments.map(({ name, type, required }) => [name, type, required ? 'yes' : 'no']),
    )
    expect(section).toContain(`**${tool.title}**`)
    for (const column of tool.columns ?? []) expect(section).toContain(`\`${column}\``)
    for (const { default: value, values } of tool.arguments) {
      for (const each of [value, ...(values ?? [])]) {
        if (each !== null) expect(section).toContain(`\`${toText(each)}\``)
      }
    }
  })
})
