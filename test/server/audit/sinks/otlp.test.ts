import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createOtlpSink } from '../../../../server/audit/sinks/otlp.ts'
import { Secret } from '../../../../server/secret.ts'
import {
  startHttpReceiver,
  type HttpReceiver,
  type ReceivedPost,
} from '../../../support/audit/http-receiver.ts'
import { readOtlpLogs } from '../../../support/audit/otlp-logs.ts'
import { numberedEvents, SEALED_CALL, sealedEvent } from '../../../support/audit/sealed-events.ts'
import { startTestDelivery, type TestDelivery } from '../../../support/audit/test-delivery.ts'
import { until } from '../../../support/until.ts'

describe('the otlp sink', () => {
  let collector: HttpReceiver
  let running: TestDelivery

  beforeEach(async () => {
    collector = await startHttpReceiver({ tls: false })
    running = startTestDelivery(
      createOtlpSink({
        endpoint: {
          url: new URL('/base/', collector.origin),
          headers: { 'Api-Key': new Secret('hunter2') },
        },
        connector: 'flowtly',
        instanceId: 'instance-1',
        now: Date.now,
      }),
    )
  })

  afterEach(async () => {
    await running.stop(0)
    await collector.close()
  })

  it('exports log records below the base URL, with the headers that it was given', async () => {
    running.outbox.append([SEALED_CALL])
    await until(running.isDone)

    const [post] = collector.posts
    expect(post).toMatchObject({ method: 'POST', url: '/base/v1/logs' })
    expect(post?.headers).toMatchObject({
      'content-type': 'application/json',
      'api-key': 'hunter2',
    })
    const [logs] = readOtlpLogs(post?.body ?? '')
    expect(logs?.resource).toEqual({
      'service.name': 'sluice-flowtly',
      'service.instance.id': 'instance-1',
    })
    expect(logs?.records).toHaveLength(1)
    expect(logs?.records[0]).toMatchObject({
      timeUnixNano: '1800000000123000000',
      severityNumber: 9,
      eventName: 'sluice.mcp.request',
      traceId: SEALED_CALL.traceId,
      attributes: {
        'user.id': 'member-7',
        'gen_ai.tool.name': 'invoices.list',
        'http.response.status_code': '200',
        'sluice.duration_ms': 12.5,
        'sluice.organization': 'org-1',
      },
    })
    expect(JSON.parse(logs?.records[0]?.body ?? '')).toMatchObject({ id: SEALED_CALL.id })
  })

  it('leaves out what nobody knows', async () => {
    running.outbox.append([sealedEvent({ type: 'token.reused', outcome: 'failure', reason: 'r' })])
    await until(running.isDone)

    const [record] = readOtlpLogs(collector.posts[0]?.body ?? '')[0]?.records ?? []
    expect(record?.severityNumber).toBe(17)
    expect(record?.traceId).toBeUndefined()
    expect(Object.keys(record?.attributes ?? {})).toEqual([
      'log.record.uid',
      'sluice.outcome',
      'sluice.connector',
      'error.type',
      'sluice.sequence',
      'sluice.hash',
    ])
  })

  it.each([429, 502, 503, 504, 401, 404, 500])('sends again after %d', async (status) => {
    collector.reply(() => ({ status: collector.posts.length === 1 ? status : 200 }))

    running.outbox.append(numberedEvents(1, 2))
    await until(running.isDone)

    expect(collector.posts.map(bodyOf)).toEqual([
      ['event-1', 'event-2'],
      ['event-1', 'event-2'],
    ])
    expect(running.linesOf('audit_sink_down')[0]).toMatchObject({ reason: `status_${status}` })
  })

  it.each([
    [
      'a partial success',
      { status: 200, body: '{"partialSuccess":{"rejectedLogRecords":"2"}}' },
      2,
    ],
    [
      'a number for a text',
      { status: 200, body: '{"partialSuccess":{"rejectedLogRecords":1}}' },
      1,
    ],
    ['a warning', { status: 200, body: '{"partialSuccess":{"errorMessage":"hunter3"}}' }, 0],
    ['nonsense', { status: 200, body: 'hunter3' }, 0],
    ['a bad request', { status: 400, body: 'hunter3' }, 3],
  ])('counts what %s refuses, and does not send it again', async (_, reply, refused) => {
    collector.reply(() => reply)

    running.outbox.append(numberedEvents(1, 3))
    await until(running.isDone)

    expect(collector.posts).toHaveLength(1)
    expect(running.status().dropped).toBe(refused)
    expect(running.linesOf('audit_sink_refused')).toHaveLength(refused > 0 ? 1 : 0)
    expect(running.text()).not.toContain('hunter')
  })
})

function bodyOf({ body }: ReceivedPost): readonly unknown[] {
  return readOtlpLogs(body).flatMap(({ records }) =>
    records.map(({ attributes }) => attributes['log.record.uid']),
  )
}
