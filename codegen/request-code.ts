import { toAccess, toLiteral, toObjectCode } from './code-text.ts'
import type { OperationModel, SentValue } from './model.ts'
import type { Path } from './json-pointer.ts'

/** Where openapi-fetch takes parameters from, in the order they are written. */
const PLACES = ['path', 'query', 'header'] as const

/** Writes the second argument of a call; each key of the request names the argument it comes from. */
export function toRequestCode(
  operation: OperationModel,
  sent: readonly SentValue[],
  indent: number,
): string {
  const places = PLACES.flatMap((place): [string, string][] => {
    const values = sent.filter(({ wire }) => wire.in === place)
    if (values.length === 0) return []
    const members = values.map((value): [string, string] => [
      value.wire.name,
      value.from === 'argument' ? toAccess('args', value.key) : toLiteral(value.value, indent + 6),
    ])
    const code = toObjectCode(members, indent + 4)
    // A path has no optional part, so nothing can be absent from it.
    return [[place, place === 'path' ? code : `defined<${toPlaceType(operation, place)}>(${code})`]]
  })
  if (places.length === 0) return '{}'
  return toObjectCode([['params', toObjectCode(places, indent + 2)]], indent)
}

/**
 * Writes the type that the document gives to one place of an operation's parameters. TypeScript
 * would look for it in every path at once, and find their union, if it were left to inference.
 */
function toPlaceType({ method, path }: OperationModel, place: 'query' | 'header'): string {
  const steps = [path, method.toLowerCase(), 'parameters', place]
  return `NonNullable<paths${steps.map((step) => `[${toLiteral(step)}]`).join('')}>`
}

/** Answers whether the code of a request leaves absent arguments out. */
export function usesDefined(sent: readonly SentValue[]): boolean {
  return sent.some(({ wire }) => wire.in !== 'path')
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
