import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'

/** The pair that an error is about. */
type Connection = {
  readonly req: Pick<IncomingMessage, 'socket'>
  readonly res: Pick<ServerResponse, 'errored'>
}

/**
 * Logs what a Koa application emits as `error`: what broke a connection is its client's affair, and
 * its error may hold the very bytes that were sent; anything else nobody has planned for.
 */
export function reportStrayError(log: Logger): (error: Error, connection: Connection) => void {
  return (error, { req, res }) => {
    const isParsers = 'bytesParsed' in error
    if (isParsers || error === req.socket.errored || error === res.errored) {
      log.debug({ event: 'connection_error', reason: error.message })
    } else {
      log.error({ event: 'unplanned_error', err: error })
    }
  }
}
