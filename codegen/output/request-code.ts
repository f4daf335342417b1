import { toAccess, toLiteral, toObjectCode } from './code-text.ts'
import type { BodyModel, BodyValue, OperationModel, SentValue, ToolModel } from '../model.ts'
import type { Path } from '../json-pointer.ts'

/** The places that a parameter may have, in the order they are written. */
const PLACES = ['path', 'query', 'header', 'cookie'] as const

/** Writes the second argument of a call; each key of the request names the argument it comes from. */
export function toRequestCode(
  operation: OperationModel,
  sent: readonly SentValue[],
  body: BodyModel | null,
  indent: number,
): string {
  const places = PLACES.flatMap((place): [string, string][] => {
    const values = sent.filter(({ wire }) => wire.in === place)
    if (values.length === 0) return []
    const members = values.map((value): [string, string] => [
      value.wire.name,
      toValueCode(value, indent + 6),
    ])
    const code = toObjectCode(members, indent + 4)
    // A path has no optional part, so nothing can be absent from it.
    if (place === 'path') return [[place, code]]
    const type = toTypeCode(operation, 'parameters', place)
    return [[place, `defined<NonNullable<${type}>>(${code})`]]
  })
  const members: [string, string][] = []
  if (places.length > 0) members.push(['params', toObjectCode(places, indent + 2)])
  if (body !== null) members.push(['body', toBodyModelCode(operation, body, indent + 2)])
  return toObjectCode(members, indent)
}

/** Lists what the code of tools uses of the tool contract, as it is imported. */
export function listImports(tools: readonly Pick<ToolModel, 'sent' | 'body'>[]): readonly string[] {
  const bodies = tools.flatMap(({ body }) => (body?.kind === 'members' ? [body] : []))
  const isDefinedUsed =
    bodies.some(({ required }) => required) ||
    tools.some(({ sent }) => sent.some(({ wire }) => wire.in !== 'path'))
  return [
    ...(isDefinedUsed ? ['defined'] : []),
    ...(bodies.some(({ required }) => !required) ? ['definedIfAny'] : []),
    'defineTool',
    ...(bodies.length > 0 ? ['type BodyOf'] : []),
  ]
}

function toBodyModelCode(operation: OperationModel, body: BodyModel, indent: number): string {
  if (body.kind === 'whole') return toValueCode(body.value, indent)
  const members = body.members.map(({ name, value }): [string, string] => [
    name,
    toValueCode(value, indent + 2),
  ])
  const helper = body.required ? 'defined' : 'definedIfAny'
  return `${helper}<BodyOf<${toTypeCode(operation)}>>(${toObjectCode(members, indent)})`
}

function toValueCode(value: BodyValue, indent: number): string {
  return value.from === 'argument' ? toAccess('args', value.key) : toLiteral(value.value, indent)
}

/**
 * Writes the type that the document gives to an operation, or to a part of it. TypeScript would
 * look for it in every path at once, and find their union, if it were left to inference.
 */
function toTypeCode({ method, path }: OperationModel, ...part: readonly string[]): string {
  const steps = [path, method.toLowerCase(), ...part]
  return `paths${steps.map((step) => `[${toLiteral(step)}]`).join('')}`
}

/**
 * Writes a request body that holds values where their pointers lead.
 *
 * @param places by the identifier of the value in code
 */
export function toBodyCode(places: Readonly<Record<string, Path>>, indent: number): string {
  return toPlacedCode(
    Object.entries(places).map(([code, path]) => ({ path, code })),
    indent,
  )
}

type Placed = { readonly path: Path; readonly code: string }

function toPlacedCode(values: readonly Placed[], indent: number): string {
  const [here] = values.filter(({ path }) => path.length === 0)
  if (here !== undefined) return here.code
  const names = new Set(values.map(({ path }) => path[0] ?? ''))
  const members = [...names].map((name): [string, string] => {
    const below = values
      .filter(({ path }) => path[0] === name)
      .map(({ path, code }) => ({ path: path.slice(1), code }))
    return [name, toPlacedCode(below, indent + 2)]
  })
  return toObjectCode(members, indent)
}
