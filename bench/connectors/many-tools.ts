import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { isRecord } from '../../server/json.ts'
import { createProjectCopy, type ProjectCopy } from '../../test/support/project-copy.ts'

const SPECS = join(import.meta.dirname, '../../specs/flowtly')

type Yaml = Readonly<Record<string, unknown>>

/**
 * Makes a copy of the project whose connector `flowtly` has more tools than the shipped one: its
 * reads again and again, at other addresses. Whatever is called of the shipped tools is the same.
 *
 * @param count of tools, at least as many as `flowtly` has
 * @param options.catalogue how they are offered: all in one list, unless a search is what is looked at
 * @throws {Error} with what the generator complained of
 */
export async function createManyTools(
  count: number,
  { catalogue = 'full' }: { readonly catalogue?: 'full' | 'auto' } = {},
): Promise<ProjectCopy> {
  const document = readYaml('openapi.yaml')
  const shipped = readYaml('allow-list.yaml')
  const allowList: Yaml = { ...shipped, tools: keepTools(shipped) }
  const reads = readReads(document, allowList)
  const paths = new Map<string, unknown>(Object.entries(toRecord(document['paths'])))
  const tools = new Map<string, unknown>(Object.entries(toRecord(allowList['tools'])))
  for (let index = tools.size; index < count; index += 1) {
    const read = reads[index % reads.length]
    if (read === undefined) throw new Error('the connector has no tool')
    const operationId = `copy${index}`
    paths.set(`/copies-${index}${read.path}`, {
      parameters: read.parameters,
      get: { ...read.operation, operationId },
    })
    tools.set(`copies.read${index}`, { ...read.tool, operation: operationId })
  }
  const own = Object.keys(toRecord(allowList['tools'])).length
  const namespaces = {
    ...toRecord(allowList['namespaces']),
    ...(tools.size > own && { copies: { title: 'Copies', description: 'Reads elsewhere.' } }),
  }
  const project = createProjectCopy()
  try {
    const write = (name: string, value: unknown) =>
      project.write(`specs/flowtly/${name}`, JSON.stringify(value))
    write('openapi.yaml', { ...document, paths: Object.fromEntries(paths) })
    const connector = { ...toRecord(allowList['connector']), catalogue }
    const offered = { connector, namespaces, tools: Object.fromEntries(tools) }
    write('allow-list.yaml', { ...allowList, ...offered })
    project.write('specs/flowtly/source.json', readFileSync(join(SPECS, 'source.json')))
    await project.run(['codegen/cli.ts', '--fail-on', 'none'])
    return project
  } catch (error) {
    project.remove()
    throw error
  }
}

/** A tool of the connector, with the operation that it calls. */
type Read = {
  readonly path: string
  readonly parameters: unknown
  readonly operation: Yaml
  readonly tool: Yaml
}

/** What is read by its URI only is no tool, and a copy of it would have the same URI. */
function keepTools(allowList: Yaml): Yaml {
  const tools = Object.entries(toRecord(allowList['tools']))
  return Object.fromEntries(tools.filter(([, tool]) => toRecord(tool)['offer'] !== 'resource'))
}

function readReads(document: Yaml, allowList: Yaml): readonly Read[] {
  const operations = new Map(
    Object.entries(toRecord(document['paths'])).flatMap(([path, item]) => {
      const { get, parameters = [] } = toRecord(item)
      if (!isRecord(get)) return []
      return [[String(get['operationId']), { path, parameters, operation: get }] as const]
    }),
  )
  return Object.values(toRecord(allowList['tools'])).flatMap((each) => {
    const tool = toRecord(each)
    const read = operations.get(String(tool['operation']))
    return read === undefined ? [] : [{ ...read, tool }]
  })
}

function readYaml(name: string): Yaml {
  const value: unknown = parse(readFileSync(join(SPECS, name), 'utf8'))
  return toRecord(value)
}

function toRecord(value: unknown): Yaml {
  if (!isRecord(value)) throw new Error('the shipped connector has another shape')
  return value
}
