import { parsePage, plainOf } from '../markdown/parse-page.ts'

/** A heading with what stands under it; the part before the first is the page's own. */
export type Section = { readonly id: string; readonly heading: string; readonly text: string }

/**
 * Divides a page at its second-level headings, for those who search: what stands deeper belongs to them.
 * Answers in JSON are left out.
 */
export function readSections(markdown: string): readonly Section[] {
  const { tokens, headings } = parsePage(markdown)
  const sections = [{ id: '', heading: '', texts: [''] }]
  let isHeading = false
  let count = 0
  for (const token of tokens) {
    if (token.type === 'heading_open') {
      const heading = headings[count]
      count += 1
      isHeading = heading !== undefined && heading.level <= 2
      if (heading?.level === 2) {
        sections.push({ id: heading.id, heading: heading.text, texts: [] })
      }
    } else if (token.type === 'heading_close') {
      isHeading = false
    } else if (token.type === 'inline' && !isHeading) {
      sections.at(-1)?.texts.push(plainOf(token))
    } else if (token.type === 'fence' && token.info !== 'json') {
      sections.at(-1)?.texts.push(token.content)
    }
  }
  return sections.map(({ id, heading, texts }) => ({ id, heading, text: texts.join(' ').trim() }))
}
