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
  const log = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError },
    },
    destination,
  )
  writeFactsPlainly(log)
  return log
}

/**
 * Has what holds no error written by one `JSON.stringify`: pino looks at each value by itself, and lets
 * its lines be made otherwise by this symbol ("pino.symbols" in its documentation).
 */
function writeFactsPlainly(log: Logger): void {
  const key = pino.symbols.asJsonSym
  const writeAny: unknown = Reflect.get(log, key)
  if (typeof writeAny !== 'function')
    throw new Error('"pino" does not write lines this way any more')
  const write = (
    fact: object,
    message: string | undefined,
    level: number,
    time: string,
  ): unknown => {
    const isPlain = message === undefined && 'event' in fact && !('err' in fact)
    if (!isPlain) return Reflect.apply(writeAny, log, [fact, message, level, time])
    return `{"level":"${pino.levels.labels[level]}"${time},${JSON.stringify(fact).slice(1)}\n`
  }
  Object.defineProperty(log, key, { value: write })
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const { type, message, stack } = pino.stdSerializers.err(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { type, code, message, stack }
}
