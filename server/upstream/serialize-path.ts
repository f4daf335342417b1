import type { WireParameter } from '../mcp/tool.ts'
import { percentEncode } from './percent-encode.ts'
import { joinPairs, joinTexts, type Parts } from './value-parts.ts'

/** Swagger 2.0 lets its delimited lists stand in a path. */
const DELIMITERS: { readonly [Style in WireParameter['style']]?: string } = {
  spaceDelimited: '%20',
  pipeDelimited: '%7C',
  tabDelimited: '%09',
}

/**
 * Writes a path argument in its style (OpenAPI 3.1, section 4.8.12.5; RFC 6570, sections 3.2.2,
 * 3.2.5 and 3.2.7 for the forms).
 *
 * @throws {ArgumentRefused} for a value that the style cannot write
 */
export function serializePathValue(parameter: WireParameter, parts: Parts): string {
  const { style, explode } = parameter
  if (style === 'matrix') return serializeMatrix(parameter, parts)
  if (style === 'label') return `.${join(parameter, parts, explode ? '.' : ',')}`
  return join(parameter, parts, DELIMITERS[style] ?? ',')
}

function serializeMatrix(parameter: WireParameter, parts: Parts): string {
  const { explode } = parameter
  const name = percentEncode(parameter.name)
  if (explode && parts.kind === 'list') {
    return parts.items.map((item) => `;${name}=${percentEncode(item)}`).join('')
  }
  if (explode && parts.kind === 'pairs') return `;${join(parameter, parts, ';')}`
  return `;${name}=${join(parameter, parts, ',')}`
}

function join(parameter: WireParameter, parts: Parts, delimiter: string): string {
  if (parts.kind === 'text') return percentEncode(parts.text)
  if (parts.kind === 'list') return joinTexts(parameter, parts.items, delimiter, percentEncode)
  return parameter.explode
    ? joinPairs(parameter, parts.pairs, delimiter, percentEncode)
    : joinTexts(parameter, parts.pairs.flat(), delimiter, percentEncode)
}
