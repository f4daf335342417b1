import { describe, expect, it } from '@jest/globals'
import type { CredentialPlace, WireParameter } from '../../../server/mcp/tool.ts'
import { Secret } from '../../../server/secret.ts'
import { openWire, operation, parameter } from './fixture.ts'

/** Sends one exploded parameter beside the operator's credential. */
async function send(place: CredentialPlace, where: WireParameter['in'], value: unknown) {
  const wire = await openWire({ place, secret: new Secret('s3cret') })
  try {
    const wanted = operation([parameter({ in: where, explode: true })])
    return await wire.send(wanted, { params: { [where]: { color: value } } })
  } finally {
    await wire.close()
  }
}

describe('the credential of an operator', () => {
  it.each([[{ key: 'mine' }], [{ KEY: 'mine' }]])(
    'is the only one of its name in a query: %j is refused',
    async (value) => {
      const sent = send({ in: 'query', name: 'key' }, 'query', value)

      await expect(sent).rejects.toMatchObject({ name: 'ArgumentRefused' })
    },
  )

  it('stands behind the arguments of a query', async () => {
    const { target } = await send({ in: 'query', name: 'key' }, 'query', { monkey: 1 })

    expect(target).toBe('/v1/things?monkey=1&key=s3cret')
  })

  it('is the only cookie of its name', async () => {
    const value = { session: 'mine', theme: 'dark' }

    const { headers } = await send({ in: 'cookie', name: 'session' }, 'cookie', value)

    expect(headers.cookie).toBe('session=s3cret; theme=dark')
  })
})
