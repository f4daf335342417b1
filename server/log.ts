import { pino, type DestinationStream, type Logger } from 'pino'

/**
 * Makes the log: JSON lines, by default on standard error.
 *
 * It is told facts, never requests or headers; secrets are kept out of its arguments, not filtered
 * from its lines. Errors appear as type, message and stack with their causes.
 */
export function createLog(options: {
  readonly level: string
  readonly destination?: DestinationStream
}): Logger {
  const destination = options.destination ?? pino.destination({ dest: 2, sync: false })
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
}
