/** Letters whose accents are part of the letter, so that taking accents off does not reach them. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ł', 'l'],
  ['Ł', 'L'],
  ['ß', 'ss'],
  ['ø', 'o'],
  ['Ø', 'O'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
])

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** Nouns whose plural no rule gives. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['people', 'person'],
  ['children', 'child'],
  ['men', 'man'],
  ['women', 'woman'],
  ['indices', 'index'],
  ['matrices', 'matrix'],
  ['vertices', 'vertex'],
  ['analyses', 'analysis'],
  ['bases', 'base'],
  ['movies', 'movie'],
  ['cookies', 'cookie'],
])

/** Words that end like a plural and are none, or are the same in both. */
const UNCOUNTED: ReadonlySet<string> = new Set([
  ...['analytics', 'statistics', 'news', 'series', 'species', 'means', 'sms', 'dns', 'tls', 'aws'],
  ...[
    'https',
    'alias',
    'sns',
    'sqs',
    'ios',
    'gps',
    'kubernetes',
    'always',
    'canvas',
    'gas',
    'bias',
    'sys',
  ],
  ...['diagnostics', 'logistics', 'stats', 'sales', 'atlas', 'chaos', 'metadata', 'data', 'media'],
  ...['history', 'information', 'info', 'criteria', 'access', 'usage', 'content', 'feedback'],
  ...['following', 'me'],
])

/** Takes a text apart into lower-case words of `a–z` and `0–9`: `IpAddress-v2` gives `ip`, `address`, `v2`. */
export function splitWords(text: string): readonly string[] {
  const plain = text
    .replace(/[łŁßøØæÆ]/g, (letter) => LETTERS.get(letter) ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}+|['’]/gu, '')
  const words = plain.match(/[A-Z]+s(?![a-z])|[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+[a-z]*/g) ?? []
  return words.map((word) => word.toLowerCase())
}

/** Writes words as one camelCase word; a leading digit is spelled out, as a name cannot begin with one. */
export function toCamelCase(words: readonly string[]): string {
  const [first = '', ...rest] = words
  const digit = /^\d/.test(first) ? DIGITS[Number(first.charAt(0))] : undefined
  const spelled = digit === undefined ? words : [digit, first.slice(1), ...rest]
  return spelled
    .filter((word) => word !== '')
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
}

/** The singular of a noun, or the word itself. */
export function toSingular(word: string): string {
  const irregular = IRREGULAR.get(word)
  if (irregular !== undefined) return irregular
  if (UNCOUNTED.has(word) || word.length < 3) return word
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|sh|ch|x|zz|tax)es$/.test(word)) return word.slice(0, -2)
  if (/(?:stat|bon|vir|camp|foc|b)uses$|aliases$/.test(word)) return word.slice(0, -2)
  return /[^suix]s$|[^sx]is$/.test(word) ? word.slice(0, -1) : word
}

/** The plural of a noun, or the word itself where it has none or is one already. */
export function toPlural(word: string): string {
  if (UNCOUNTED.has(word) || toSingular(word) !== word || /[^aeiou]ed$/.test(word)) return word
  for (const [plural, singular] of IRREGULAR) if (singular === word) return plural
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  if (/(?:s|sh|ch|x|zz)$/.test(word)) return `${word}es`
  return `${word}s`
}

/** Replaces the last word: `bank`, `accounts` becomes `bank`, `account`. */
export function withLast(
  words: readonly string[],
  change: (word: string) => string,
): readonly string[] {
  const last = words.at(-1)
  return last === undefined ? words : [...words.slice(0, -1), change(last)]
}

/** What two spellings of one noun have in common: `Bank accounts`, `bankAccount` and `bankaccounts`. */
export function nounKey(words: readonly string[]): string {
  return toSingular(withLast(words, toSingular).join(''))
}
