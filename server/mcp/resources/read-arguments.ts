import type { Prepared, Tool } from '../tool.ts'

/**
 * Prepares a tool with arguments that a URI says as text. Where its schema wants a number or a
 * truth value in place of a text, the text is read as one, if it is written as JSON writes it.
 */
export function prepareFromTexts(
  { prepare }: Pick<Tool, 'prepare'>,
  texts: Readonly<Record<string, string>>,
): Prepared {
  const prepared = prepare(texts)
  if (prepared.ok) return prepared
  const refused = new Set(prepared.issues.map(({ path: [key] }) => key))
  const read = Object.entries(texts).map(([key, text]) => [
    key,
    refused.has(key) ? readScalar(text) : text,
  ])
  return prepare(Object.fromEntries(read))
}

function readScalar(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  // One spelling each: neither 1e3 nor 1.0 is another 1000 or 1.
  const number = Number(text)
  return String(number) === text && Number.isFinite(number) ? number : text
}
