import type { CallToolResult } from '@modelcontextprotocol/server'
import { UpstreamFailure } from '../upstream/failure.ts'
import type { UpstreamAnswer } from '../upstream/judge-answer.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { writeAnswer } from './cut-answer.ts'
import { cutText } from './cut-text.ts'
import { toFileContent, toLargeFileContent, toResourceUri } from './file-content.ts'
import { parseLossless } from './lossless-json.ts'
import { toStructuredContent } from './structured-content.ts'

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
 * Turns an answer into a tool's result: projected if it is JSON, as it is if it is text, as a block
 * or a resource if it is a file. JSON and text are cut to `maxChars`, and stay JSON and whole lines.
 *
 * @throws {UpstreamFailure} with status 502 for JSON that is none, or that has another shape than
 *   its columns need
 */
export function buildResult(answer: UpstreamAnswer, call: AnsweredCall): CallToolResult {
  const { outputSchema } = call.entry.tool
  const content = toContent(answer, call)
  if (outputSchema === null) return { content }
  // What is no JSON has no structure, but clients insist on an object where a schema is promised.
  const [first] = content
  const isJson = answer.kind === 'json' && first?.type === 'text'
  const shown = isJson ? parseLossless(first.text) : {}
  return { content, structuredContent: toStructuredContent(shown, outputSchema) }
}

function toContent(answer: UpstreamAnswer, call: AnsweredCall): CallToolResult['content'] {
  const { connector, entry, args, maxChars } = call
  const { tool } = entry
  switch (answer.kind) {
    case 'empty':
      return [{ type: 'text', text: 'null' }]
    case 'json':
      return [{ type: 'text', text: toJsonText(answer.text, call) }]
    case 'text':
      return [{ type: 'text', text: cutText(answer.text, { tool, args }, maxChars) }]
    case 'binary':
      return toFileContent(answer, toResourceUri(connector, tool.name, args))
    case 'large':
      return toLargeFileContent(answer)
  }
}

/** The answer is parsed even where it is passed on as it is: what is not JSON must not look like a result. */
function toJsonText(text: string, { entry, args, maxChars }: AnsweredCall): string {
  const { tool, project } = entry
  try {
    const answer = parseLossless(text)
    if (project === null && text.length <= maxChars) return text
    return writeAnswer(project === null ? answer : project(answer), { tool, args }, maxChars)
  } catch (error) {
    // No cause: the parser's own message quotes the answer, and a log is no place for it.
    if (error instanceof SyntaxError) throw new UpstreamFailure(502, 'the answer is not JSON')
    if (error instanceof RangeError) throw new UpstreamFailure(502, 'the answer nests too deeply')
    throw error
  }
}
