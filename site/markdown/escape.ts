import { removeInvisible, showInvisible } from './invisible.ts'

const MIN_FENCE = 3

/**
 * Writes a text as one line of Markdown that shows it as it is, wherever in a line, a list, a table or
 * a link's text it is placed.
 */
export function toText(text: string): string {
  return escapeInline(removeInvisible(text).replaceAll(/ {2,}/g, ' ').trim())
}

/**
 * Escapes what means something in a line (CommonMark 0.31, section 2.4; GitHub's tables and
 * strikethrough), and what begins a block at the start of one. Other punctuation stays readable.
 */
export function escapeInline(text: string): string {
  return text
    .replaceAll(/[\\`*[\]<|~]/g, '\\$&')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replaceAll(/&(?=#?[a-z\d]{1,31};)/gi, '\\&')
    .replace(/^[-+=>#:]/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
}

/** Writes a value as a code span, in as many backticks as it needs. */
export function toCode(value: string): string {
  const code = showInvisible(value.replaceAll(/\s/gu, ' '))
  if (code.trim() === '') return '` `'
  const mark = '`'.repeat(longestRun(code, /`+/g) + 1)
  const pad = /^`|`$|^ .* $/.test(code) ? ' ' : ''
  return `${mark}${pad}${code}${pad}${mark}`
}

/** The same inside a table: there a pipe ends the cell even in code (GFM, section 4.10). */
export function toCodeCell(value: string): string {
  return toCode(value).replaceAll('|', '\\|')
}

/**
 * Writes lines as a block of code that nothing in them can end.
 *
 * @param language one word, for example `sh`; `''` for none
 */
export function toFence(lines: string, language: string): string {
  const code = showInvisible(lines.replaceAll(/\r\n?/g, '\n')).replace(/\n+$/, '')
  const mark = '`'.repeat(Math.max(MIN_FENCE, longestRun(code, /`+/g) + 1))
  return `${mark}${language}\n${code}\n${mark}`
}

/** Writes a value as a block of JSON. */
export function toJsonFence(value: unknown): string {
  return toFence(JSON.stringify(value, null, 2), 'json')
}

function longestRun(text: string, pattern: RegExp): number {
  return Math.max(0, ...Array.from(text.matchAll(pattern), ([run]) => run.length))
}
