import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { formatEvent } from '../../../../server/audit/formats/format-event.ts'
import { toSyslogFrame } from '../../../../server/audit/sinks/syslog-message.ts'
import { parseSyslog } from '../../../support/audit/parse-syslog.ts'
import { anySealedEvent, SEALED_CALL } from '../../../support/audit/sealed-events.ts'
import { createFrameReader } from '../../../support/audit/syslog-frames.ts'

const ORIGIN = { hostname: 'host-1', pid: 7 }

describe('a syslog message', () => {
  it.each(['json', 'ocsf', 'cef'] as const)(
    'holds any event as %s, to its last byte, in pieces of any size',
    (format) => {
      fc.assert(
        fc.property(fc.array(anySealedEvent), fc.integer({ min: 1, max: 99 }), (events, size) => {
          const bytes = Buffer.from(events.map((e) => toSyslogFrame(e, format, ORIGIN)).join(''))
          const read = createFrameReader()

          const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          )
          const messages = pieces.flatMap((piece) => read(piece)).map(parseSyslog)

          expect(messages.map(({ text }) => text)).toEqual(
            events.map((event) => formatEvent(format, event)),
          )
        }),
        { numRuns: 100 },
      )
    },
  )

  it('says what happened and who speaks in its header', () => {
    expect(toSyslogFrame({ ...SEALED_CALL, tool: null }, 'cef', ORIGIN)).toMatch(
      /^\d+ <110>1 2027-01-15T08:00:00\.123Z host-1 sluice 7 mcp\.request - CEF:0\|Sluice/,
    )
  })

  it.each([
    ['mcp.request', 'success', 6],
    ['mcp.request', 'failure', 4],
    ['token.reused', 'failure', 2],
    ['audit.dropped', 'success', 2],
  ] as const)('gives %s with %s the severity %d', (type, outcome, severity) => {
    const frame = toSyslogFrame({ ...SEALED_CALL, type, outcome }, 'json', ORIGIN)

    const [message] = createFrameReader()(Buffer.from(frame)).map(parseSyslog)

    expect(message).toMatchObject({ facility: 13, severity, msgId: type, hasBom: false })
  })

  it('begins with a byte order mark where it is not ASCII', () => {
    const frame = toSyslogFrame({ ...SEALED_CALL, organization: 'Łódź' }, 'cef', ORIGIN)

    const [message] = createFrameReader()(Buffer.from(frame)).map(parseSyslog)

    expect(message).toMatchObject({ hasBom: true, text: expect.stringContaining('cs1=Łódź') })
  })

  it.each([
    ['', '-'],
    ['a b\nc', 'abc'],
    ['ä', '-'],
    ['x'.repeat(300), 'x'.repeat(255)],
  ])('names a machine called %j as the grammar allows', (hostname, wanted) => {
    const frame = toSyslogFrame(SEALED_CALL, 'json', { hostname, pid: 7 })

    const [message] = createFrameReader()(Buffer.from(frame)).map(parseSyslog)

    expect(message?.hostname).toBe(wanted)
  })
})
