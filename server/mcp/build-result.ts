import type { CallToolResult } from '@modelcontextprotocol/server'
import { UpstreamFailure } from '../upstream/failure.ts'
import type { UpstreamAnswer } from '../upstream/judge-answer.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { writeAnswer } from './cut-answer.ts'
import { cutText } from './cut-text.ts'
import { escapeJson } from './escape-json.ts'
import { toFileContent, toLargeFileContent, toResourceUri } from './file-content.ts'
import { parseLossless } from './lossless-json.ts'
import { toStructuredContent } from './structured-content.ts'
import { textAnswer, type ToolAnswer } from './tool-answer.ts'

/** A call that was answered. */
export type AnsweredCall = {
  /** The connector's name. */
  readonly connector: string
  readonly entry: CatalogueEntry
  /** With the allow-list's defaults. */
  readonly args: Readonly<Record<string, unknown>>
  /** Of what a result shows as text, at least 1,000. */
  readonly maxChars: number
}

/**
 * Turns an answer into a tool's: projected if it is JSON, as it is if it is text, as a block or a
 * resource if it is a file. JSON and text are cut to `maxChars`, and stay JSON and whole lines.
 *
 * @throws {UpstreamFailure} with status 502 for JSON that is none, or that has another shape than
 *   its columns need
 */
export function buildResult(answer: UpstreamAnswer, call: AnsweredCall): ToolAnswer {
  const { outputSchema } = call.entry.tool
  if (answer.kind === 'json') return fromJson(answer.utf8, call)
  const content = toContent(answer, call)
  // What is no JSON has no structure, but clients insist on an object where a schema is promised.
  const structure = outputSchema !== null && {
    structuredContent: toStructuredContent({}, outputSchema),
  }
  return { kind: 'result', result: { content, ...structure } }
}

/** What is shown as it is, is looked at all the same: what is not JSON must not look like a result. */
function fromJson(utf8: Buffer, call: AnsweredCall): ToolAnswer {
  const { outputSchema } = call.entry.tool
  const escaped = escapeJson(utf8)
  if (escaped === null) throw new UpstreamFailure(502, 'the answer is not JSON')
  // A character has at least one byte.
  const isShownWhole = call.entry.project === null && utf8.length <= call.maxChars
  if (isShownWhole && outputSchema === null) return { kind: 'json', utf8, escaped }
  const source = utf8.toString()
  try {
    const answer: unknown = escaped.hasLongNumber ? parseLossless(source) : JSON.parse(source)
    const text = isShownWhole ? source : writeShown(answer, source, call)
    if (outputSchema === null) return textAnswer(text)
    const structuredContent = toStructuredContent(parseLossless(text), outputSchema)
    return { kind: 'result', result: { content: [{ type: 'text', text }], structuredContent } }
  } catch (error) {
    if (error instanceof RangeError) throw new UpstreamFailure(502, 'the answer nests too deeply')
    throw error
  }
}

function writeShown(answer: unknown, source: string, call: AnsweredCall): string {
  const { entry, args, maxChars } = call
  const { tool, project } = entry
  if (project === null) {
    return source.length <= maxChars ? source : writeAnswer(answer, { tool, args }, maxChars)
  }
  const shown = project(answer)
  // Only what may be too long is written item by item.
  const text = source.length <= maxChars ? JSON.stringify(shown) : null
  if (text !== null && text.length <= maxChars) return text
  return writeAnswer(shown, { tool, args }, maxChars)
}

function toContent(
  answer: Exclude<UpstreamAnswer, { kind: 'json' }>,
  call: AnsweredCall,
): CallToolResult['content'] {
  const { connector, entry, args, maxChars } = call
  const { tool } = entry
  switch (answer.kind) {
    case 'empty':
      return [{ type: 'text', text: 'null' }]
    case 'text':
      return [{ type: 'text', text: cutText(answer.text, { tool, args }, maxChars) }]
    case 'binary':
      return toFileContent(answer, toResourceUri(connector, tool.name, args))
    case 'large':
      return toLargeFileContent(answer)
  }
}
