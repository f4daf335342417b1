/** A key of the document's `paths`, taken apart. */
export type PathTemplate = {
  /** The path alone, percent-encoded but for the `{name}`s. */
  readonly template: string
  /** What stands behind `?`, without it: fixed, percent-encoded, it may hold `{name}`s too. */
  readonly query: string
  /** The names in braces, in both. */
  readonly names: readonly string[]
  /** Expressions of RFC 6570 that name no single parameter of a path, such as `{?page}`. */
  readonly unknown: readonly string[]
}

/** One expression in braces, or one character outside of them. */
const TOKEN = /\{[^{}]*\}|[^]/gu

/** RFC 6570, section 2.2: expressions that begin so are written in another way than OpenAPI's. */
const OPERATOR = /^[#./;?&=,!@|]/

/**
 * Takes a path apart. A fragment only tells two operations of one path from each other; it is
 * never sent.
 *
 * @param declared the names of the operation's path parameters: what stands in braces is one of
 *   them, or that with what other dialects of templates write at it (`{path*}`, `{id:[0-9]+}`)
 */
export function parsePathTemplate(path: string, declared: readonly string[]): PathTemplate {
  const tokens: readonly string[] = path.toWellFormed().match(TOKEN) ?? []
  const fragment = tokens.indexOf('#')
  const sent = fragment < 0 ? tokens : tokens.slice(0, fragment)
  const mark = sent.indexOf('?')
  const parts = mark < 0 ? [sent] : [sent.slice(0, mark), sent.slice(mark + 1)]
  const expressions = parts.flat().filter(isExpression).map(toInner)
  const names = new Map(expressions.map((inner) => [inner, toName(inner, declared)]))
  const encode = (part: readonly string[]) => encodeLiterals(part, names)
  return {
    template: encode(parts[0] ?? []),
    query: encode(parts[1] ?? []),
    names: [...new Set([...names.values()].filter((name) => name !== null))],
    unknown: [...names].flatMap(([inner, name]) => (name === null ? [`{${inner}}`] : [])),
  }
}

function isExpression(token: string): boolean {
  return token.length > 1 && token.startsWith('{') && token.endsWith('}')
}

function toInner(expression: string): string {
  return expression.slice(1, -1)
}

function toName(inner: string, declared: readonly string[]): string | null {
  if (declared.includes(inner)) return inner
  if (inner === '' || OPERATOR.test(inner)) return null
  return inner.replace(/^\+|[*+]$|:.*$/gu, '')
}

/** What was percent-encoded already stays so; everything else that a URL cannot hold becomes it. */
function encodeLiterals(
  tokens: readonly string[],
  names: ReadonlyMap<string, string | null>,
): string {
  const encoded: string[] = []
  let literal = ''
  const flush = () => {
    encoded.push(encodeURI(literal).replace(/%25([0-9A-Fa-f]{2})/g, '%$1'))
    literal = ''
  }
  for (const token of tokens) {
    if (!isExpression(token)) {
      literal += token
      continue
    }
    flush()
    encoded.push(`{${names.get(toInner(token)) ?? toInner(token)}}`)
  }
  flush()
  return encoded.join('')
}

/** Lists the parameters that a fixed query gives a value without asking anybody. */
export function listFixedNames(query: string): readonly string[] {
  const pairs = query.split('&').filter((pair) => pair !== '' && !/\{[^{}]*\}/.test(pair))
  return [...new URLSearchParams(pairs.join('&')).keys()]
}

/**
 * Leaves out of a fixed query what a parameter writes that is described with `in: query`.
 *
 * @param pathNames of the parameters that are sent in the path
 */
export function keepFixedPairs(query: string, pathNames: readonly string[]): string {
  const names = (pair: string) => [...pair.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
  return query
    .split('&')
    .filter((pair) => names(pair).every((name) => pathNames.includes(name)))
    .join('&')
}
