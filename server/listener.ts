import type { RequestListener, Server } from 'node:http'
import { isIP, type AddressInfo } from 'node:net'
import { createServer } from './node-http.ts'

/** A client that needs longer to send its request is cut off. */
const REQUEST_TIMEOUT_MS = 30_000
/** A client that neither sends nor reads for so long is cut off, unless it waits for a longer call. */
const MIN_IDLE_MS = 60_000
/**
 * Longer than any proxy keeps a connection that nobody uses (Google's: 600 s). Otherwise it may send a
 * request into one that is being closed here, and a POST that was sent is not sent again.
 */
const KEEP_ALIVE_MS = 620_000
/** What runs at a stop may go on this long; orchestrators should wait for 40 seconds. */
export const DRAIN_MS = 25_000
/** How often connections that became idle are closed at a stop. */
const DRAIN_STEP_MS = 50

/** An address that is listened at. */
export interface Listener {
  /** Where it listens: scheme, host and port. */
  readonly url: URL
  readonly port: number
  /** Answers requests from now on, and those that came before. */
  serve(handle: RequestListener): void
  /** Stops accepting, and lets what runs finish, for 25 seconds at most. */
  drain(): Promise<void>
  /** Ends at once. */
  close(): void
}

/**
 * Listens before there is anybody who answers: requests wait until then. So the port is known first,
 * which is part of the URL that clients see.
 *
 * @param options.callMs how long a client may have to wait for its answer
 * @throws {Error} with `code` `EADDRINUSE` or alike when the address cannot be had
 */
export async function openListener(options: {
  readonly host: string
  readonly port: number
  readonly callMs: number
}): Promise<Listener> {
  const { host, callMs } = options
  const server = createServer({
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  })
  server.setTimeout(Math.max(MIN_IDLE_MS, callMs + REQUEST_TIMEOUT_MS))
  const serving = Promise.withResolvers<RequestListener>()
  const wait: RequestListener = (request, response) => {
    void serving.promise.then((handle) => handle(request, response))
  }
  server.on('request', wait)
  const listening = Promise.withResolvers<undefined>()
  server.once('error', listening.reject)
  server.listen(options.port, host, () => listening.resolve(undefined))
  await listening.promise
  const port = portOf(server.address())
  const authority = isIP(host) === 6 ? `[${host}]` : host
  return {
    url: new URL(`http://${authority}:${port}`),
    port,
    serve(handle) {
      server.off('request', wait)
      server.on('request', handle)
      serving.resolve(handle)
    },
    drain: () => drain(server),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

/** Idle connections are closed as soon as they are idle: a keep-alive would hold the stop up. */
async function drain(server: Server): Promise<void> {
  const closed = Promise.withResolvers<undefined>()
  server.prependListener('request', (_, response) => void response.setHeader('connection', 'close'))
  server.close(() => closed.resolve(undefined))
  const closing = setInterval(() => server.closeIdleConnections(), DRAIN_STEP_MS)
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed.promise
  clearInterval(closing)
  clearTimeout(deadline)
}
