import { ReadAbandoned } from '../../intents/step-error.ts'
import { ArgumentRefused } from '../../upstream/failure.ts'
import type { UpstreamAnswer } from '../../upstream/judge-answer.ts'
import type { ReadTool } from '../call-tool.ts'
import { createTrail } from '../exchange.ts'
import { codeOf } from '../protocol-errors.ts'
import type { Session } from '../session.ts'

/**
 * Makes each read a record of its own, as if the caller had called that tool, beside the record of
 * the message that it is read for: who looks for an invoice in the audit log finds it, whichever way
 * it was read. Nothing of it is noted in the message's own trail.
 */
export function readOnRecord(read: ReadTool): ReadTool {
  return async function readOnRecord(session, tool, prepared) {
    const startedAt = performance.now()
    const trail = startTrail(session, tool.name)
    const report = (code: number | null, bytes: number) =>
      session.report({
        ...trail,
        method: 'tools/call',
        code,
        durationMs: performance.now() - startedAt,
        bytes,
      })
    try {
      const answer = await read({ ...session, trail }, tool, prepared)
      report(null, bytesOf(answer))
      return answer
    } catch (error) {
      if (error instanceof ArgumentRefused) {
        trail.isToolError = true
        trail.reason = 'invalid_arguments'
        report(null, 0)
      } else {
        if (trail.upstreamStatus === null) trail.reason = whyGivenUp(session)
        report(codeOf(error), 0)
      }
      throw error
    }
  }
}

/** `null` where it was not. */
function whyGivenUp({ signal }: Session): string | null {
  if (!signal.aborted) return null
  return signal.reason instanceof ReadAbandoned ? 'abandoned' : 'client_gone'
}

function startTrail({ trail, traceparent }: Session, tool: string) {
  const { tool: partOf, traceId } = trail
  return { ...createTrail(traceparent), tool, partOf, traceId }
}

/** Of what the upstream sent, as far as it was read. */
function bytesOf(answer: UpstreamAnswer): number {
  switch (answer.kind) {
    case 'empty':
    case 'large':
      return 0
    case 'json':
      return answer.utf8.length
    case 'text':
      return Buffer.byteLength(answer.text)
    case 'binary':
      return answer.body.length
  }
}
