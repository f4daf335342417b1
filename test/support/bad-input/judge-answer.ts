import { isRecord } from '../../../server/json.ts'
import type { RawAnswer } from './read-answers.ts'

/** Refusals that are planned for a server that is busy or cannot reach somebody. */
const PLANNED = [503, 504]
/** Where our own source is, or that of a package; and a stack trace's line. */
const LEAKS = /node_modules|\/server\/[a-z-]+\/|\bat .{1,200}\.[jt]s:\d+:\d+/

/**
 * What is wrong with an answer, whatever was asked; nothing, mostly.
 *
 * @param target of the request
 */
export function judgeAnswer(target: string, answer: RawAnswer): readonly string[] {
  const { status, headers, body } = answer
  const type = headers.get('content-type') ?? ''
  const isJson = /^application\/([a-z.-]+\+)?json\b/.test(type)
  const value = isJson && body !== '' ? parse(body) : null
  const problems: string[] = []
  if (status >= 500 && !(PLANNED.includes(status) && isRefusal(value))) {
    problems.push(`status ${status}`)
  }
  if (value === undefined) problems.push('its JSON cannot be parsed')
  if (headers.has('x-injected')) problems.push('a header of the request has got into it')
  if (/html/.test(type) && body.includes('<xss>')) problems.push('markup has got into it')
  if (isJson && LEAKS.test(body) && !target.includes('openapi'))
    problems.push('it shows our source')
  const isMcp = /^\/(public\/)?mcp(\?|$)/.test(target)
  if (isMcp && headers.has('x-request-id') && body !== '' && !isRpc(value) && !isRefusal(value)) {
    problems.push('it is neither JSON-RPC nor a refusal')
  }
  return problems.map((problem) => `${problem}: ${status} ${type} ${body.slice(0, 300)}`)
}

/** A JSON-RPC answer, or a batch of them (JSON-RPC 2.0, sections 5 and 6). */
function isRpc(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isRpc)
  if (!isRecord(value) || value['jsonrpc'] !== '2.0') return false
  if (!isRecord(value['error'])) return isRecord(value['result']) && 'id' in value
  const { code, message } = value['error']
  return Number.isInteger(code) && typeof message === 'string'
}

function isRefusal(value: unknown): boolean {
  if (!isRecord(value)) return false
  return typeof value['error'] === 'string' || isRpc(value)
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'latin1').toString())
    return value
  } catch {
    return undefined
  }
}
