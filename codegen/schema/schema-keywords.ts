import isSafePattern from 'safe-regex2'
import { isList, stringsAt, textAt, type Json } from '../json.ts'
import { toPlainText } from '../tool/plain-text.ts'
import { cutText, toOneLine } from '../tool/texts.ts'

const MAX_NESTED_DESCRIPTION_BYTES = 500

/** Keywords that are copied as they are, where their value has the right shape. */
const PLAIN_KEYWORDS = new Map<string, (value: Json) => boolean>([
  ['const', () => true],
  ['default', () => true],
  ['deprecated', (value) => value === true],
  ['enum', isList],
  ['examples', isList],
  ['exclusiveMaximum', isNumber],
  ['exclusiveMinimum', isNumber],
  ['format', isText],
  ['maxItems', isCount],
  ['maxLength', isCount],
  ['maxProperties', isCount],
  ['maximum', isNumber],
  ['minItems', isCount],
  ['minLength', isCount],
  ['minProperties', isCount],
  ['minimum', isNumber],
  ['multipleOf', (value) => isNumber(value) && Number(value) > 0],
  ['type', () => true],
  ['uniqueItems', (value) => value === true],
])

/** Keywords that restrict values in a way that neither clients nor zod can be told. */
export const UNTOLD_KEYWORDS = [
  'not',
  'if',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'contains',
  'patternProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
] as const

/**
 * Reads a keyword that holds no schema; `undefined` leaves it out.
 *
 * @param relax is told of what restricts values and is left out
 */
export function readKeyword(
  key: string,
  value: Json,
  relax: (what: string) => void,
): Json | undefined {
  const isGood = PLAIN_KEYWORDS.get(key)
  if (isGood !== undefined) return isGood(value) ? value : undefined
  switch (key) {
    case 'title':
      return typeof value === 'string' ? toOneLine(value) : undefined
    case 'description':
      return typeof value === 'string' ? toDescription(value) : undefined
    case 'pattern':
      return readPattern(value, relax)
    case 'required':
      return isList(value) ? [...new Set(stringsAt(value))] : undefined
    default:
      return undefined
  }
}

function readPattern(value: Json, relax: (what: string) => void): Json | undefined {
  try {
    const pattern = new RegExp(textAt(value), 'u')
    if (isSafePattern(pattern)) return textAt(value)
    relax(`the pattern ${JSON.stringify(value)} is left out: some texts would take it for ever`)
  } catch {
    relax(`the pattern ${JSON.stringify(value)} is left out: it is no Unicode regular expression`)
  }
  return undefined
}

function toDescription(text: string): string | undefined {
  const plain = cutText(toPlainText(text), MAX_NESTED_DESCRIPTION_BYTES)
  return plain === '' ? undefined : plain
}

function isNumber(value: Json): boolean {
  return typeof value === 'number'
}

function isCount(value: Json): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}

function isText(value: Json): boolean {
  return typeof value === 'string'
}
