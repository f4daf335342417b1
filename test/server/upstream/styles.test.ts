import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openWire, operation, parameter, type Wire } from './fixture.ts'
import { STYLE_CASES, type StyleCase } from './style-cases.ts'

let wire: Wire

beforeAll(async () => {
  wire = await openWire()
})

afterAll(() => wire.close())

/** Sends the case's value, and reads the part of the request that it was written into. */
async function wireOf({ in: place, style, explode, value }: StyleCase): Promise<string> {
  const color = parameter({ in: place, style, explode })
  const wanted = operation([color], place === 'path' ? { template: '/things/{color}' } : {})
  const { target, headers } = await wire.send(wanted, { params: { [place]: { color: value } } })
  const parts = {
    path: target.replace('/v1/things/', ''),
    query: target.replace('/v1/things?', ''),
    header: headers['color'],
    cookie: headers.cookie,
  }
  return String(parts[place])
}

describe('the 32 styles', () => {
  it('are each one case', () => {
    const keys = STYLE_CASES.map(({ in: place, style, explode, value }) =>
      JSON.stringify([place, style, explode, value]),
    )

    expect(new Set(keys).size).toBe(32)
  })

  it.each(STYLE_CASES)(
    'write in $in, style $style, explode $explode, $value as $right',
    async (each) => {
      const sent = await wireOf(each)

      expect(sent).toBe(each.right)
      expect(each.wrong).not.toHaveLength(0)
      expect(each.wrong).not.toContain(sent)
    },
  )
})
