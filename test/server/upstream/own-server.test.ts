import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startRecordingUpstream, type RecordingUpstream } from '../../support/recording-upstream.ts'
import { openWire, operation, parameter, type Wire } from './fixture.ts'

const id = parameter({ name: 'id', in: 'path' })

describe('an operation with a server of its own', () => {
  let wire: Wire
  let elsewhere: RecordingUpstream

  beforeAll(async () => {
    wire = await openWire()
    elsewhere = await startRecordingUpstream()
  })
  afterAll(async () => {
    await wire.close()
    await elsewhere.close()
  })

  it.each([
    [null, '/v1/things/7'],
    ['/v2', '/v2/things/7'],
    ['/', '/things/7'],
  ])('is sent to %j of the connector’s origin', async (server, target) => {
    const wanted = operation([id], { template: '/things/{id}', server })

    const sent = await wire.send(wanted, { params: { path: { id: 7 } } })

    expect(sent.target).toBe(target)
  })

  it('is sent to the origin that was compiled, with the credentials that go there', async () => {
    const server = `${elsewhere.origin}/files`
    const wanted = operation([id], { template: '/things/{id}', server })
    const before = wire.recording.requests.length

    await expect(
      wire.send(wanted, { params: { path: { id: 7 } } }, { authorization: 'Bearer member' }),
    ).rejects.toThrow('not one request was sent')

    expect(wire.recording.requests).toHaveLength(before)
    expect(elsewhere.requests.map(({ target }) => target)).toEqual(['/files/things/7'])
    expect(elsewhere.requests[0]?.headers['authorization']).toBe('Bearer member')
  })
})
