import type { AllowList } from '../allow-list/allow-list.ts'
import type { RawBody } from './body.ts'
import { compileJudge } from '../schema/judge.ts'
import { toJson, type Json } from '../json.ts'
import type { Path } from '../json-pointer.ts'
import type { BodyModel, BodyValue, ParameterModel, SentValue, ToolModel } from '../model.ts'
import { findByName, suggestKey } from '../tool/names.ts'
import type { Findings } from '../problem.ts'
import type { SelectedTool } from '../allow-list/select.ts'

/** What the allow-list makes of an operation's parameters and of its body. */
export type ChosenArguments = Pick<ToolModel, 'arguments' | 'defaults' | 'sent' | 'body'>

type Naming = {
  readonly parameters: readonly ParameterModel[]
  readonly allowList: AllowList
  readonly findings: Findings
}

/** Applies `defaults`, `fixed` and `omit` of a tool, and the defaults of its namespace. */
export function listArguments(
  { name, parts, entry }: SelectedTool,
  parameters: readonly ParameterModel[],
  body: RawBody | null,
  allowList: AllowList,
  findings: Findings,
): ChosenArguments {
  const naming = { parameters, allowList, findings }
  const path: Path = ['tools', name]
  const omitted = findOmitted(entry.omit ?? [], [...path, 'omit'], naming)
  const fixed = findValues(entry.fixed ?? {}, [...path, 'fixed'], naming)
  const own = findValues(entry.defaults ?? {}, [...path, 'defaults'], naming)
  for (const [key, word] of omitted) {
    if (fixed.has(key)) reportTwice(naming, [...path, 'omit'], word, 'fixed')
  }
  for (const key of own.keys()) {
    if (fixed.has(key)) reportTwice(naming, [...path, 'defaults', key], key, 'fixed')
    else if (omitted.has(key)) reportTwice(naming, [...path, 'defaults', key], key, 'omit')
  }
  for (const { key, required } of parameters) {
    if (!required || !omitted.has(key) || fixed.has(key)) continue
    const what = `${JSON.stringify(key)} is required by the upstream and cannot be left out`
    findings.problem(allowList.place([...path, 'omit']), what, 'give it a value under "fixed"')
  }
  const offered = parameters.filter(({ key }) => !omitted.has(key) && !fixed.has(key))
  const inherited = findInherited(parts.namespace, { ...naming, parameters: offered })
  const giveValue = (key: string): BodyValue | null => {
    const value = fixed.get(key)
    if (value !== undefined) return { from: 'allow-list', value }
    return omitted.has(key) ? null : { from: 'argument', key }
  }
  return {
    arguments: offered,
    defaults: new Map([...inherited, ...own]),
    sent: parameters.flatMap(({ key, wire }): SentValue[] => {
      const value = giveValue(key)
      return wire === null || value === null ? [] : [{ wire, ...value }]
    }),
    body: body === null ? null : toBodyModel(body, parameters, giveValue),
  }
}

function toBodyModel(
  { required, members }: RawBody,
  parameters: readonly ParameterModel[],
  giveValue: (key: string) => BodyValue | null,
): BodyModel | null {
  const given = parameters.flatMap(({ key, name, wire }) => {
    const value = wire === null ? giveValue(key) : null
    return value === null ? [] : [{ name, value }]
  })
  if (members !== null) return { kind: 'members', members: given, required }
  const [whole] = given
  return whole === undefined ? null : { kind: 'whole', value: whole.value }
}

/** Reports every default of a namespace that no tool in it has a parameter for. */
export function checkNamespaceDefaults(
  namespace: string,
  parameters: readonly ParameterModel[],
  allowList: AllowList,
  findings: Findings,
): void {
  const known = [...new Map(parameters.map((parameter) => [parameter.key, parameter])).values()]
  for (const word of Object.keys(allowList.namespaces.get(namespace)?.defaults ?? {})) {
    if (parameters.some(({ key, name }) => key === word || name === word)) continue
    const place = allowList.place(['namespaces', namespace, 'defaults', word], 'key')
    const what = `no tool of the namespace has a parameter ${JSON.stringify(word)}`
    findings.problem(place, what, suggestKey(word, known))
  }
}

function findOmitted(
  words: readonly string[],
  path: Path,
  { parameters, allowList, findings }: Naming,
): ReadonlyMap<string, string> {
  const omitted = new Map<string, string>()
  for (const [index, word] of words.entries()) {
    const parameter = findByName(parameters, word)
    if (parameter !== null) omitted.set(parameter.key, word)
    else {
      const place = allowList.place([...path, String(index)])
      const what = `the operation has no parameter ${JSON.stringify(word)}`
      findings.problem(place, what, suggestKey(word, parameters))
    }
  }
  return omitted
}

function findValues(
  values: Readonly<Record<string, unknown>>,
  path: Path,
  naming: Naming,
): ReadonlyMap<string, Json> {
  const { parameters, allowList, findings } = naming
  const found = new Map<string, Json>()
  for (const [word, unread] of Object.entries(values)) {
    const parameter = findByName(parameters, word)
    if (parameter === null) {
      const what = `the operation has no parameter ${JSON.stringify(word)}`
      findings.problem(allowList.place([...path, word], 'key'), what, suggestKey(word, parameters))
      continue
    }
    const value = toJson(unread)
    checkValue(parameter, value, [...path, word], naming)
    found.set(parameter.key, value)
  }
  return found
}

/** A namespace's default is for those of its tools that offer the parameter. */
function findInherited(namespace: string, naming: Naming): ReadonlyMap<string, Json> {
  const defaults = naming.allowList.namespaces.get(namespace)?.defaults ?? {}
  const found = new Map<string, Json>()
  for (const [word, unread] of Object.entries(defaults)) {
    const parameter = findByName(naming.parameters, word)
    if (parameter === null) continue
    const value = toJson(unread)
    checkValue(parameter, value, ['namespaces', namespace, 'defaults', word], naming)
    found.set(parameter.key, value)
  }
  return found
}

function checkValue(
  { key, schema }: ParameterModel,
  value: Json,
  path: Path,
  { allowList, findings }: Naming,
): void {
  const reason = judgeValue(schema, value)
  if (reason === null) return
  const what = `${JSON.stringify(value)} is no value for ${JSON.stringify(key)}: ${reason}`
  findings.problem(allowList.place(path), what)
}

function judgeValue(schema: ParameterModel['schema'], value: Json): string | null {
  try {
    return compileJudge(schema)(value)
  } catch {
    return null // the schema itself is reported with its tool
  }
}

function reportTwice(
  { allowList, findings }: Naming,
  path: Path,
  word: string,
  other: string,
): void {
  findings.problem(allowList.place(path), `${JSON.stringify(word)} is also under "${other}"`)
}
