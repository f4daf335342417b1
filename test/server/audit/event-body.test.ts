import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { toCanonicalJson } from '../../../server/audit/canonical-json.ts'
import { toEventBody } from '../../../server/audit/event-body.ts'
import { anySealedEvent } from '../../support/audit/sealed-events.ts'

it('writes any event as canonical JSON would', () => {
  fc.assert(
    fc.property(anySealedEvent, (event) => {
      const time = new Date(event.time).toISOString()

      expect(toEventBody(event, event)).toBe(toCanonicalJson({ ...event, time, hash: undefined }))
    }),
  )
})
