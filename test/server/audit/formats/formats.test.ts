import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { AUDIT_TYPES } from '../../../../server/audit/event.ts'
import { formatEvent } from '../../../../server/audit/formats/format-event.ts'
import { isRecord } from '../../../../server/json.ts'
import { checkOcsf } from '../../../support/audit/check-ocsf.ts'
import { parseCef } from '../../../support/audit/parse-cef.ts'
import { anySealedEvent, SEALED_CALL, sealedEvent } from '../../../support/audit/sealed-events.ts'

/** Whatever somebody splits lines at, and everything that steers a terminal. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]/u

function parse(line: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(line)
  if (!isRecord(value)) throw new Error('no object')
  return value
}

describe.each(['json', 'ocsf', 'cef'] as const)('every event as %s', (format) => {
  it('is exactly one line, whatever its texts hold', () => {
    fc.assert(
      fc.property(anySealedEvent, (event) => {
        expect(formatEvent(format, event)).not.toMatch(BREAKS)
      }),
      { numRuns: 300 },
    )
  })

  it('is well-formed Unicode', () => {
    fc.assert(
      fc.property(anySealedEvent, (event) => formatEvent(format, event).isWellFormed()),
      { numRuns: 200 },
    )
  })
})

describe('our own format', () => {
  it('has every field in one order, and none where nothing is known', () => {
    expect(formatEvent('json', sealedEvent({ type: 'token.reused', outcome: 'failure' }))).toBe(
      '{"id":"0b5f1f52-6f0c-4c5e-9d0e-6a1f6f1c2a01","time":"2027-01-15T08:00:00.123Z",' +
        '"type":"token.reused","outcome":"failure","connector":"flowtly","organization":null,' +
        '"member":null,"clientId":null,"clientName":null,"credential":null,"method":null,' +
        '"tool":null,"route":null,"httpStatus":null,"upstreamStatus":null,"rpcCode":null,' +
        '"durationMs":null,"bytes":null,"address":null,"requestId":null,"traceId":null,' +
        `"reason":null,"subject":null,"count":null,"sequence":41,"previousHash":"${'a'.repeat(64)}",` +
        `"hash":"${'b'.repeat(64)}"}`,
    )
  })

  it('reads back as it was', () => {
    fc.assert(
      fc.property(anySealedEvent, (event) => {
        const { time, ...rest } = event

        const { time: written, ...others } = parse(formatEvent('json', event))

        expect(others).toEqual(JSON.parse(JSON.stringify(rest)))
        expect(Date.parse(String(written))).toBe(time)
      }),
      { numRuns: 300 },
    )
  })
})

describe('OCSF', () => {
  it('is valid against the schema of its class, for every event', () => {
    fc.assert(
      fc.property(anySealedEvent, (event) => {
        expect(checkOcsf(parse(formatEvent('ocsf', event)))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    [{ src_endpoint: undefined }, 'src_endpoint: required'],
    [{ src_endpoint: {} }, 'src_endpoint.: none of ip'],
    [{ activity_id: 7, type_uid: 600_307 }, 'activity_id: not listed'],
    [{ type_uid: 600_399 }, 'type_uid: not 600302'],
    [{ extra: 1 }, 'extra: unknown'],
    [{ time: '2027-01-15' }, 'time: no whole number'],
    [{ class_uid: 6001 }, 'class_uid: unknown'],
  ])('is judged by a check that sees %j', (wrong, finding) => {
    const event = { ...parse(formatEvent('ocsf', SEALED_CALL)), ...wrong }

    expect(checkOcsf(JSON.parse(JSON.stringify(event)))).toEqual([expect.stringContaining(finding)])
  })

  it.each(AUDIT_TYPES)('is valid for %s about which nothing else is known', (type) => {
    expect(checkOcsf(parse(formatEvent('ocsf', sealedEvent({ type }))))).toEqual([])
  })

  it('says who called what from where', () => {
    expect(parse(formatEvent('ocsf', SEALED_CALL))).toMatchObject({
      class_uid: 6003,
      category_uid: 6,
      activity_id: 2,
      type_uid: 600_302,
      severity_id: 1,
      status_id: 1,
      time: 1_800_000_000_123,
      metadata: { uid: SEALED_CALL.id, version: '1.8.0', tenant_uid: 'org-1', sequence: 41 },
      actor: { user: { uid: 'member-7', org: { uid: 'org-1' } }, app_uid: 'client-3' },
      src_endpoint: { ip: '203.0.113.7' },
      api: { operation: 'invoices.list', service: { name: 'flowtly' } },
      http_request: { uid: 'req-1' },
      http_response: { code: 200, length: 2048 },
      trace: { uid: SEALED_CALL.traceId },
      unmapped: { route: 'GET /invoices', hash: 'b'.repeat(64) },
    })
  })

  it.each([
    ['sign-in.failed', { class_uid: 3002, activity_id: 1, status_id: 2, severity_id: 3 }],
    ['authentication.failed', { class_uid: 3002, user: { name: 'unknown', type_id: 0 } }],
    ['token.reused', { class_uid: 3002, activity_name: 'Token Reuse', severity_id: 4 }],
    ['authorization.denied', { class_uid: 6003, status_id: 2 }],
    ['sign-out', { class_uid: 3002, activity_name: 'Logoff' }],
    ['audit.exported', { class_uid: 6003, activity_name: 'Read' }],
  ] as const)('classifies %s', (type, wanted) => {
    expect(parse(formatEvent('ocsf', sealedEvent({ type, outcome: 'failure' })))).toMatchObject(
      wanted,
    )
  })

  it.each([
    ['key.revoked', 'key:k1', { type: 'key', type_id: 99, uid: 'k1' }],
    ['organization.changed', 'organization:a:b', { type: 'organization', type_id: 4, uid: 'a:b' }],
    ['signing-key.rotated', null, { type: 'signing-key', type_id: 99, name: 'signing-key' }],
    ['tool-text.published', 'tool:a.b', { type: 'tool', type_id: 99, uid: 'a.b' }],
    ['switch.changed', 'maintenance', { type: 'maintenance', type_id: 99, name: 'maintenance' }],
  ] as const)('names what %s is about', (type, subject, entity) => {
    expect(parse(formatEvent('ocsf', sealedEvent({ type, subject })))).toMatchObject({
      class_uid: 3004,
      entity,
    })
  })
})

describe('CEF', () => {
  it('says who called what from where', () => {
    expect(formatEvent('cef', SEALED_CALL)).toBe(
      'CEF:0|Sluice|Sluice|1|mcp.request|mcp request|3|rt=1800000000123 ' +
        'externalId=0b5f1f52-6f0c-4c5e-9d0e-6a1f6f1c2a01 outcome=success ' +
        'destinationServiceName=flowtly suid=member-7 src=203.0.113.7 requestMethod=tools/call ' +
        'requestClientApplication=Claude out=2048 cs1=org-1 cs1Label=organization ' +
        'cs2=invoices.list cs2Label=tool cs3=GET /invoices cs3Label=route cs4=client-3 ' +
        'cs4Label=clientId cs5=req-1 cs5Label=requestId cn1=200 cn1Label=httpStatus cn3=12.5 ' +
        'cn3Label=durationMs SluiceCredential=oauth SluiceUpstreamStatus=200 ' +
        'SluiceTraceId=4bf92f3577b34da6a3ce929d0e0e4736 SluiceSequence=41 ' +
        `SluicePreviousHash=${'a'.repeat(64)} SluiceHash=${'b'.repeat(64)}`,
    )
  })

  it('reads back as it was, but for what is no text', () => {
    fc.assert(
      fc.property(anySealedEvent, (event) => {
        const { header, extension } = parseCef(formatEvent('cef', event))

        expect(header.slice(0, 4)).toEqual(['Sluice', 'Sluice', '1', event.type])
        expect(extension['outcome']).toBe(event.outcome)
        expect(extension['requestClientApplication']).toBe(readable(event.clientName))
        expect(extension['cs1']).toBe(readable(event.organization))
        expect(extension['SluiceHash']).toBe(event.hash)
      }),
      { numRuns: 300 },
    )
  })

  it('puts a long address where the standard has a place for it', () => {
    const { extension } = parseCef(formatEvent('cef', { ...SEALED_CALL, address: '2001:db8::1' }))

    expect(extension).toMatchObject({
      c6a2: '2001:db8::1',
      c6a2Label: 'Source IPv6 Address',
    })
    expect(extension['src']).toBeUndefined()
  })

  it('cuts what a receiver would cut, and no character in two', () => {
    const long = '\ud83d\ude00'.repeat(600)

    const { extension } = parseCef(formatEvent('cef', { ...SEALED_CALL, reason: long, tool: long }))

    expect(extension['reason']).toHaveLength(1023)
    expect(extension['reason']?.isWellFormed()).toBe(true)
    expect(extension['cs2']).toBe(long)
  })
})

/** A receiver sees a space for a control character, and U+FFFD for half a character. */
function readable(text: string | null): string | undefined {
  return text?.replaceAll(/(?![\r\n])[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').toWellFormed()
}
