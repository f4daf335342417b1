import type { Page } from './browser-session.ts'
import { attributeOf, toPlainText } from './html-text.ts'

const LABEL = /<label\b([^>]*)>([\s\S]*?)<\/label>/g
const INPUT = /<input\b([^>]*)>/g

/** What the fields of a page show, by their labels. */
export function fieldsOf({ text }: Pick<Page, 'text'>): ReadonlyMap<string, string> {
  const values = new Map(
    [...text.matchAll(INPUT)].map(([, attributes = '']) => [
      attributeOf(attributes, 'id'),
      attributeOf(attributes, 'value') ?? '',
    ]),
  )
  return new Map(
    [...text.matchAll(LABEL)].map(([, attributes = '', label = '']) => [
      toPlainText(label),
      values.get(attributeOf(attributes, 'for')) ?? '',
    ]),
  )
}
