import { pino, type DestinationStream, type Logger } from 'pino'
import { gatherLines } from './gather-lines.ts'

/**
 * Makes the log: JSON lines, by default on standard error.
 *
 * It is told facts, never requests or headers; secrets are kept out of its arguments, not filtered
 * from its lines. Errors appear as type, code, message and stack with their causes: what libraries hang
 * onto theirs may be a request's bytes or a row's values.
 */
export function createLog(options: {
  readonly level: string
  readonly destination?: DestinationStream
}): Logger {
  const destination = options.destination ?? gatherLines(pino.destination({ dest: 2, sync: false }))
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError },
    },
    destination,
  )
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const { type, message, stack } = pino.stdSerializers.err(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { type, code, message, stack }
}
