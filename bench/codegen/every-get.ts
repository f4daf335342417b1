import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dump, load } from 'js-yaml'
import { runInit } from '../../codegen/init/run-init.ts'
import {
  objectAt,
  textAt,
  toJson,
  without,
  type Json,
  type JsonObject,
} from '../../codegen/json.ts'

/** A document, and an allow-list of it. */
export type Specimen = {
  readonly spec: string
  readonly allow: string
  readonly tools: number
}

/** Allows every GET of a document: as `init` proposes it, and what `init` leaves out as well. */
export async function allowEveryGet(document: string, out: string): Promise<Specimen> {
  const terminal = {
    input: process.stdin,
    output: process.stdout,
    now: () => new Date(0),
    credential: null,
  }
  await runInit({ spec: document, out, header: null, yes: true }, terminal)
  const spec = join(out, readdirSync(out).find((file) => /^openapi\.\w+$/.test(file)) ?? '')
  const allow = join(out, 'allow-list.yaml')
  return writeSpecimen(spec, allow, withOthers(readYaml(allow), readYaml(spec)))
}

/** Keeps some of the tools, spread evenly, so that they reach as much of the document as so many can. */
export function keepFew({ spec, allow }: Specimen, few: number, path: string): Specimen {
  const allowList = readYaml(allow)
  const tools = Object.entries(objectAt(allowList['tools']))
  const step = Math.ceil(tools.length / few)
  const kept = tools.filter((_, index) => index % step === 0)
  const names = new Set(kept.map(([name]) => name.split('.')[0]))
  // Defaults may be for arguments that none of the kept tools has.
  const namespaces = Object.entries(objectAt(allowList['namespaces']))
    .filter(([name]) => names.has(name))
    .map(([name, namespace]) => [name, without(objectAt(namespace), ['defaults'])] as const)
  return writeSpecimen(spec, path, {
    ...allowList,
    namespaces: Object.fromEntries(namespaces),
    tools: Object.fromEntries(kept),
  })
}

function withOthers(allowList: JsonObject, document: JsonObject): JsonObject {
  const tools = objectAt(allowList['tools'])
  const allowed = new Set(Object.values(tools).map((tool) => textAt(objectAt(tool)['operation'])))
  const others = Object.entries(objectAt(document['paths'])).flatMap(([path, item]) => {
    const get = objectAt(item)['get']
    const operation = `GET ${path}`
    const isAllowed = allowed.has(operation) || allowed.has(textAt(objectAt(get)['operationId']))
    return get === undefined || isAllowed ? [] : [operation]
  })
  if (others.length === 0) return allowList
  const namespace = { title: 'Others', description: 'What is not proposed.' }
  const added = others.map((operation, index): [string, Json] => [
    `others.get${index + 1}`,
    { operation },
  ])
  return {
    ...allowList,
    namespaces: { ...objectAt(allowList['namespaces']), others: namespace },
    tools: { ...tools, ...Object.fromEntries(added) },
  }
}

function writeSpecimen(spec: string, allow: string, allowList: JsonObject): Specimen {
  writeFileSync(allow, dump(allowList))
  return { spec, allow, tools: Object.keys(objectAt(allowList['tools'])).length }
}

function readYaml(path: string): JsonObject {
  return objectAt(toJson(load(readFileSync(path, 'utf8'))))
}
