import { expect, it } from '@jest/globals'
import { isReservedHeader } from '../../codegen/request/owned-parameters.ts'
import { openWire, operation, toCaller, type AnyPaths } from '../server/upstream/fixture.ts'

it('sends no header of its own that the generator would offer to a caller', async () => {
  const wire = await openWire()
  const caller = { ...toCaller(), clientName: 'Some client', traceparent: '00-1-2-01' }

  await wire.upstream.read(operation([]), caller, (open) => open<AnyPaths>().GET('/things', {}))
  await wire.close()

  const names = wire.recording.requests.flatMap(({ headers }) => Object.keys(headers))
  // The allow-list names it, and what it names is not offered either.
  const own = names.filter((name) => name !== 'x-organization')
  expect(own).toContain('traceparent')
  expect(own.filter((name) => !isReservedHeader(name))).toEqual([])
})
