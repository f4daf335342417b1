import { isRecord } from '../json.ts'

/**
 * How a connection failed: it could not be made, so that the upstream saw nothing; or it was lost
 * while the upstream had the request.
 */
export type ConnectionLoss = 'unreachable' | 'lost'

/** Codes of Node and undici; what is not here may be a wrong certificate or nonsense, and stays so. */
const LOSSES: Readonly<Record<string, ConnectionLoss>> = {
  EAI_AGAIN: 'unreachable',
  ECONNREFUSED: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  ETIMEDOUT: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'unreachable',
  UND_ERR_PRX_CONN: 'unreachable',
  ECONNABORTED: 'lost',
  ECONNRESET: 'lost',
  EPIPE: 'lost',
  UND_ERR_SOCKET: 'lost',
  // HTTP/2: the stream ended before its answer, or its connection was ended in good order.
  ERR_HTTP2_SESSION_ERROR: 'lost',
  ERR_HTTP2_STREAM_CANCEL: 'lost',
  ERR_HTTP2_STREAM_ERROR: 'lost',
  UND_ERR_INFO: 'lost',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'lost',
}

/**
 * Tells whether an error of the wire is a lost connection.
 *
 * @returns `null` for what another try would meet again
 */
export function parseConnectionLoss(error: unknown): ConnectionLoss | null {
  const { code, message } = isRecord(error) ? error : {}
  if (typeof code !== 'string') return null
  if (code === 'UND_ERR_ABORTED' && isGatewayRefusal(String(message))) return 'unreachable'
  return Object.hasOwn(LOSSES, code) ? (LOSSES[code] ?? null) : null
}

/** What a proxy answers to CONNECT where it cannot reach the upstream itself; undici says it in words only. */
function isGatewayRefusal(message: string): boolean {
  return /^Proxy response \((?:502|503|504)\)/.test(message)
}
