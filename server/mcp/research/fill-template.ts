import { isRecord, shorten } from '../../json.ts'
import { toScalarText } from '../scalar-text.ts'

const MAX_TITLE_CHARS = 200

/** Fills a title with what a record has; what it has not is left out, and so may be all of it. */
export function fillTitle(template: string, record: unknown): string {
  const filled = template.replaceAll(PLACEHOLDER, (_whole, path: string) =>
    (textAt(record, path) ?? '').toWellFormed(),
  )
  return shorten(filled.replaceAll(/\s+/g, ' ').trim(), MAX_TITLE_CHARS)
}

/**
 * Fills a URL, each value in a place of its own.
 *
 * @returns `null` where the record lacks a value, or has one that would lead elsewhere
 */
export function fillUrl(template: string, record: unknown): string | null {
  const paths = [...template.matchAll(PLACEHOLDER)].map(([, path = '']) => path)
  const values = paths.map((path) => textAt(record, path))
  if (!values.every((value) => value !== null && value.isWellFormed() && !isDots(value)))
    return null
  return template.replaceAll(PLACEHOLDER, (_whole, path: string) =>
    encodeURIComponent(textAt(record, path) ?? ''),
  )
}

/** As the generator reads them. */
const PLACEHOLDER = /\{([^{}\s]+)\}/g

/** A browser takes these for a way up, however they are encoded. */
function isDots(value: string): boolean {
  return /^\.{1,2}$/.test(value)
}

/** Of a list on the way, the first item speaks for it. */
function textAt(record: unknown, path: string): string | null {
  const found = path.split('.').reduce<unknown>((value, step) => {
    const holder: unknown = Array.isArray(value) ? value[0] : value
    return isRecord(holder) && Object.hasOwn(holder, step) ? holder[step] : undefined
  }, record)
  return toScalarText(found)
}
