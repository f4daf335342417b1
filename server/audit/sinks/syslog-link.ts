import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { SinkFailure } from './sink.ts'

const CONNECT_TIMEOUT_MS = 10_000
/** A receiver that does not read for so long is given up. */
const WRITE_TIMEOUT_MS = 20_000
/** A receiver that refuses what it was sent closes soon after. */
const SETTLE_MS = 50
const CLOSE_TIMEOUT_MS = 1_000
const KEEP_ALIVE_MS = 30_000

/** Where a syslog receiver is. */
export type SyslogTarget = {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** Certificates (PEM) that are trusted instead of the usual ones. */
  readonly ca?: string
}

/** An open connection to a syslog receiver. */
export type SyslogLink = {
  /** Neither side has closed it, and nothing has failed. */
  readonly isOpen: () => boolean
  /**
   * Resolves once the operating system has the bytes and the connection was there a moment later.
   *
   * @throws {SinkFailure} or a socket's error
   */
  readonly write: (bytes: string, signal: AbortSignal) => Promise<void>
  /** Says that nothing follows and waits, for a second, until the receiver has read it all. */
  readonly close: () => Promise<void>
}

/**
 * Connects, over TLS with the receiver's certificate checked, or in plain.
 *
 * @param onLost called once, when the connection ends otherwise than by `close`; `isClean` where the
 *   receiver closed it in good order
 * @throws a socket's error
 */
export async function openSyslogLink(
  target: SyslogTarget,
  signal: AbortSignal,
  onLost: (isClean: boolean) => void,
): Promise<SyslogLink> {
  const socket = await connect(target, signal)
  const lost = Promise.withResolvers<never>()
  lost.promise.catch(() => undefined)
  let isClosing = false
  let isOpen = true
  const lose = (error: Error, isClean = false) => {
    if (!isOpen) return
    isOpen = false
    lost.reject(error)
    socket.destroy()
    if (!isClosing) onLost(isClean)
  }
  socket.on('error', (error) => lose(error))
  socket.on('end', () => lose(new SinkFailure('closed_by_receiver'), true))
  socket.on('close', () => lose(new SinkFailure('closed')))
  socket.setKeepAlive(true, KEEP_ALIVE_MS)
  // A receiver says nothing, but its end of the connection is only seen by who reads.
  socket.resume()

  return {
    isOpen: () => isOpen,
    async write(bytes, stop) {
      const timeout = AbortSignal.timeout(WRITE_TIMEOUT_MS)
      const giveUp = () => lose(new SinkFailure(timeout.aborted ? 'timeout' : 'stopped'))
      const signals = AbortSignal.any([stop, timeout])
      signals.addEventListener('abort', giveUp, { once: true })
      try {
        const written = Promise.withResolvers<undefined>()
        socket.write(bytes, () => written.resolve(undefined))
        await Promise.race([written.promise, lost.promise])
        await Promise.race([wait(SETTLE_MS, undefined, { ref: false }), lost.promise])
      } finally {
        signals.removeEventListener('abort', giveUp)
      }
    },
    async close() {
      isClosing = true
      if (isOpen) socket.end()
      const timeout = wait(CLOSE_TIMEOUT_MS, undefined, { ref: false })
      await Promise.race([timeout, lost.promise.catch(() => undefined)])
      socket.destroy()
    },
  }
}

async function connect(target: SyslogTarget, signal: AbortSignal): Promise<Socket> {
  const { host, port, tls, ca } = target
  const opened = Promise.withResolvers<undefined>()
  const name = isIP(host) === 0 ? { servername: host } : {}
  const socket = tls
    ? connectTls({ host, port, ...name, ...(ca !== undefined && { ca }) })
    : connectTcp({ host, port, noDelay: true })
  const fail = (error: Error) => opened.reject(error)
  const close = () => opened.reject(new SinkFailure('closed_by_receiver'))
  socket.once(tls ? 'secureConnect' : 'connect', () => opened.resolve(undefined))
  // It stays: an error that nobody listens to would end the process.
  socket.on('error', fail)
  socket.once('close', close)
  const signals = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_TIMEOUT_MS)])
  const giveUp = () => socket.destroy(new SinkFailure(signal.aborted ? 'stopped' : 'timeout'))
  signals.addEventListener('abort', giveUp, { once: true })
  if (signals.aborted) giveUp()
  try {
    await opened.promise
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    signals.removeEventListener('abort', giveUp)
    socket.removeListener('close', close)
  }
}
