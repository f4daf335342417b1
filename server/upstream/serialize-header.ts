import type { WireParameter } from '../mcp/tool.ts'
import { ArgumentRefused } from './failure.ts'
import { joinPairs, joinTexts, toParts } from './value-parts.ts'

/** Swagger 2.0 lets its delimited lists stand in a header; RFC 9110, section 5.5, allows a tab there. */
const DELIMITERS: { readonly [Style in WireParameter['style']]?: string } = {
  spaceDelimited: ' ',
  pipeDelimited: '|',
  tabDelimited: '\t',
}

/**
 * Writes the header parameters, by their names in lower case. Their text is not percent-encoded: a
 * header is no URL, and the specification's `simple` style is taken for its delimiters alone
 * (OpenAPI 3.1.1, section 4.8.12.3).
 *
 * @throws {ArgumentRefused} for a value that no header can hold as it is
 */
export function serializeHeaders(
  parameters: readonly WireParameter[],
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      const text = serializeHeader(parameter, values[parameter.name])
      return text === null ? [] : [[parameter.name.toLowerCase(), text]]
    }),
  )
}

function serializeHeader(parameter: WireParameter, value: unknown): string | null {
  const parts = toParts(parameter, value)
  if (parts === null) return null
  if (parts.kind === 'text') return checkHeader(parameter, parts.text)
  const check = (text: string) => checkHeader(parameter, text)
  const delimiter = DELIMITERS[parameter.style] ?? ','
  if (parts.kind === 'list') return joinTexts(parameter, parts.items, delimiter, check)
  return parameter.explode
    ? joinPairs(parameter, parts.pairs, delimiter, check)
    : joinTexts(parameter, parts.pairs.flat(), delimiter, check)
}

/** RFC 9110, section 5.5: visible characters, inner spaces and tabs; beyond ASCII, Latin-1 is sent. */
function checkHeader({ name }: WireParameter, text: string): string {
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(text)) {
    const reason = 'must not hold line ends, control characters, or characters beyond Latin-1'
    throw new ArgumentRefused(name, `${reason}: it is sent as a header`)
  }
  if (/^[\t ]|[\t ]$/.test(text)) {
    throw new ArgumentRefused(name, 'must not begin or end with a space: it is sent as a header')
  }
  return text
}
