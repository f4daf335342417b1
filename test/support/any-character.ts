import fc, { type Arbitrary } from 'fast-check'

const SURROGATES = { first: 0xd800, count: 0x800 }
const LAST_CODE_POINT = 0x10ffff

/**
 * Draws any character, to be the `unit` of texts: the same, from the same seed, as `unit: 'binary'`
 * of fast-check, which first makes a table of all 1.1 million of them.
 */
export const anyCharacter: Arbitrary<string> = fc
  .nat({ max: LAST_CODE_POINT - SURROGATES.count })
  .map(toCharacter, toIndex)

function toCharacter(index: number): string {
  const { first, count } = SURROGATES
  return String.fromCodePoint(index < first ? index : index + count)
}

/** fast-check asks this of words that are often handled wrongly, such as `__proto__`, to draw them too. */
function toIndex(text: unknown): number {
  const { first, count } = SURROGATES
  const [character = '', ...others] = typeof text === 'string' ? text : ''
  const code = character.codePointAt(0) ?? first
  const isSurrogate = code >= first && code < first + count
  if (others.length > 0 || isSurrogate) throw new Error('is no character')
  return code < first ? code : code - count
}
