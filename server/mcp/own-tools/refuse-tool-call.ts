import type { Session } from '../session.ts'
import type { ToolAnswer } from '../tool-answer.ts'

/**
 * Refuses what was asked, in words that a model can mend it by.
 *
 * @param reason what it is on record as
 */
export function refuseToolCall(
  { trail }: Session,
  text: string,
  reason = 'invalid_arguments',
): ToolAnswer {
  trail.isToolError = true
  trail.reason = reason
  return { kind: 'result', result: { content: [{ type: 'text', text }], isError: true } }
}
