import { describe, expect, it } from '@jest/globals'
import { loadConnector } from '../../../server/connector.ts'
import { ReadAbandoned } from '../../../server/intents/step-error.ts'
import type { ReadTool } from '../../../server/mcp/call-tool.ts'
import { createTrail, type Exchange } from '../../../server/mcp/exchange.ts'
import { readOnRecord } from '../../../server/mcp/own-tools/read-on-record.ts'
import type { Session } from '../../../server/mcp/session.ts'
import { ArgumentRefused, UpstreamFailure } from '../../../server/upstream/failure.ts'
import type { UpstreamAnswer } from '../../../server/upstream/judge-answer.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const FILE = { mediaType: 'image/png', fileName: null, status: 200 }

/** Reads once for a call of `insights.any`, and tells what is on record of it. */
async function record(read: ReadTool, signal = new AbortController().signal) {
  const { connector } = await loadConnector('flowtly')
  const tool = connector.tools.find(({ name }) => name === 'attachments.get')
  if (tool === undefined) throw new Error('the connector has that tool')
  const exchanges: Exchange[] = []
  const session: Session = {
    identity: {
      member: { id: 'm', email: 'm@acme.example', name: 'M' },
      organization: { id: 'acme', name: 'Acme', role: 'owner', status: 'active' },
      ...{ kind: 'oauth', scopes: null, client: null },
      credential: { open: () => ({}), renew: () => Promise.resolve(null), end: async () => {} },
    },
    ...{ requestId: 'r', requestTraceparent: null, clientName: null, signal },
    traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
    trail: { ...createTrail(null), tool: 'insights.any', traceId: TRACE },
    report: (exchange) => void exchanges.push(exchange),
  }
  const send = () => Promise.resolve()
  const outcome = await readOnRecord(read)(session, tool, { send }).catch((error: unknown) => error)
  return { outcome, exchanges, trail: session.trail }
}

/** Notes what a read of the upstream notes. */
const reading =
  (answer: UpstreamAnswer | Error, status: number | null): ReadTool =>
  ({ trail }) => {
    trail.upstreamStatus = status
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }

describe('a read for another message', () => {
  it.each<[string, UpstreamAnswer, number]>([
    ['JSON', { kind: 'json', status: 200, utf8: Buffer.from('"ü"') }, 4],
    ['text', { kind: 'text', status: 200, mediaType: 'text/plain', text: 'ü' }, 2],
    ['a file', { kind: 'binary', ...FILE, body: Buffer.alloc(9) }, 9],
    ['a file too large to be read', { kind: 'large', ...FILE, bytes: 1e9, url: 'https://a' }, 0],
    ['nothing', { kind: 'empty', status: 204 }, 0],
  ])('is on record with the bytes of %s', async (_kind, answer, bytes) => {
    const { outcome, exchanges, trail } = await record(reading(answer, answer.status))

    expect(outcome).toBe(answer)
    expect(exchanges).toMatchObject([
      {
        ...{ method: 'tools/call', tool: 'attachments.get', partOf: 'insights.any', bytes },
        ...{ upstreamStatus: answer.status, code: null, reason: null, traceId: TRACE },
      },
    ])
    expect(trail).toMatchObject({ tool: 'insights.any', upstreamStatus: null })
  })

  it.each<[string, Error, number | null, object]>([
    ['an upstream that fails', new UpstreamFailure(403, 'no'), 403, { code: -32000, reason: null }],
    [
      'an argument that is refused',
      new ArgumentRefused('id', 'must not be empty'),
      null,
      { code: null, isToolError: true, reason: 'invalid_arguments' },
    ],
    ['what nobody planned for', new Error('oops'), null, { code: -32603, reason: null }],
  ])('is on record with %s, which goes on', async (_what, error, status, expected) => {
    const { outcome, exchanges } = await record(reading(error, status))

    expect(outcome).toBe(error)
    expect(exchanges).toMatchObject([{ ...expected, upstreamStatus: status, bytes: 0 }])
  })

  it.each([
    ['client_gone', 'the caller has left', undefined],
    ['abandoned', 'another read had failed', new ReadAbandoned('another read failed')],
  ])('is on record as %s where %s', async (reason, _why, cause) => {
    const { exchanges } = await record(reading(new Error('gone'), null), AbortSignal.abort(cause))

    expect(exchanges).toMatchObject([{ code: -32603, reason }])
  })
})
