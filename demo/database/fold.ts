/** Letters with a stroke or ligature, which Unicode does not decompose. */
const STROKES = new Map([
  ['ł', 'l'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ß', 'ss'],
  ['æ', 'ae'],
])

/** Brings text into the form that search compares: lower case, without accents. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđßæ]/g, (letter) => STROKES.get(letter) ?? letter)
}
