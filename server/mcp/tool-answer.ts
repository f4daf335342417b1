import type { CallToolResult } from '@modelcontextprotocol/server'
import type { EscapedJson } from './escape-json.ts'

/** What a call of a tool gives. */
export type ToolAnswer =
  | { readonly kind: 'result'; readonly result: CallToolResult }
  /** A result of nothing but one text: JSON, as the upstream sent it. */
  | {
      readonly kind: 'json'
      readonly utf8: Buffer
      readonly escaped: EscapedJson
    }

/** Builds the result that an answer is (MCP, "CallToolResult"). */
export function toResult(answer: ToolAnswer): CallToolResult {
  if (answer.kind === 'result') return answer.result
  return { content: [{ type: 'text', text: answer.utf8.toString() }] }
}

/** An answer of one text that is no result of the upstream's. */
export function textAnswer(text: string): ToolAnswer {
  return { kind: 'result', result: { content: [{ type: 'text', text }] } }
}
