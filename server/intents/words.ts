/** Say nothing of what is asked for. What also names tools, such as `list` or `all`, is not among them. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    'a an and any are as at be been but by can could did do does for from had has have how i if in',
    'is it its me my no not of on or our please shall should so some than that the their them then',
    'there these they this those to us was we were what when where which who whom whose why will',
    'with would you your',
  ].flatMap((line) => line.split(' ')),
)

/** What is looked at of one text, at most: a question that is longer says nothing more. */
const MAX_WORDS = 2_000

/**
 * Takes a text apart into lower-case words, in order: prose, and names in any spelling
 * (`bankAccounts.list` is bank, accounts, list). Accents do not count, stop words are left out.
 */
export function splitWords(text: string): readonly string[] {
  return text
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{Mn}|['’]/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u, MAX_WORDS)
    .filter((word) => word !== '' && !STOP_WORDS.has(word))
}

/**
 * Cuts the usual endings of English off a word, so that its forms meet: plurals first, then `-ing`
 * and `-ed`. Words of other languages mostly stay as they are.
 */
export function toStem(word: string): string {
  return withoutSuffix(toSingular(word))
}

/** Harman's three rules: what ends otherwise is no plural. */
function toSingular(word: string): string {
  if (word.length < 4) return word
  if (/[^ae]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return /[^us]s$/.test(word) ? word.slice(0, -1) : word
}

function withoutSuffix(word: string): string {
  const stem = /^(.*[aeiouy].*[^e])(?:ing|ed)$/.exec(word)?.[1]
  if (stem === undefined || stem.length < 3) return withoutE(word)
  return withoutE(stem.replace(/([^aeiouls])\1$/, '$1'))
}

/** `invoice` and `invoicing` meet in `invoic`. */
function withoutE(word: string): string {
  return word.length > 3 ? word.replace(/e$/, '') : word
}
