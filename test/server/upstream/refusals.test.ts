import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { WireParameter } from '../../../server/mcp/tool.ts'
import { openWire, operation, parameter, type Wire } from './fixture.ts'

let wire: Wire

beforeAll(async () => {
  wire = await openWire()
})

afterAll(() => wire.close())

const EXPLODED = { style: 'form', explode: true } as const

/** Expects the value of `color` to be refused, and nothing to be sent. */
async function expectRefused(
  changes: Partial<WireParameter>,
  value: unknown,
  others: readonly WireParameter[] = [],
): Promise<void> {
  const color = parameter(changes)
  const template = color.in === 'path' ? '/things/{color}' : '/things'
  const before = wire.recording.requests.length

  const sent = wire.send(operation([color, ...others], { template, query: 'v=2' }), {
    params: { [color.in]: { color: value } },
  })

  await expect(sent).rejects.toMatchObject({ name: 'ArgumentRefused', parameter: 'color' })
  expect(wire.recording.requests).toHaveLength(before)
}

describe('a value that would be read as another', () => {
  it.each<readonly [string, Partial<WireParameter>, unknown]>([
    ['a space parts', { style: 'spaceDelimited', explode: false }, ['a b', 'c']],
    ['a pipe parts', { style: 'pipeDelimited', explode: false }, ['a|b', 'c']],
    ['a pipe parts, in a name', { style: 'pipeDelimited', explode: false }, { 'a|b': 1 }],
    ['a dot parts', { in: 'path', style: 'label', explode: true }, ['1.0', '2']],
    ['a comma parts in a header', { in: 'header' }, ['a,b', 'c']],
    ['a comma parts in a header, in a name', { in: 'header', explode: true }, { 'a,b': 1 }],
    ['"=" ends a name in a header', { in: 'header', explode: true }, { 'a=b': 1 }],
    ['brackets part', { style: 'deepObject' }, { 'a][b': 1 }],
    ['empty brackets make a list', { style: 'deepObject' }, { '': 1 }],
    ['a name is missing', EXPLODED, { '': 1 }],
    ['a media type is no JSON', { content: 'text/plain' }, { a: 1 }],
    ['a text is not Unicode', {}, '\ud800'],
    ['a name is not Unicode', EXPLODED, { '\ud800': 1 }],
  ])('is refused where %s', async (_title, changes, value) => {
    await expectRefused(changes, value)
  })

  it.each([
    ['a\r\nX-Admin: 1'],
    ['a\nb'],
    ['a\u0000b'],
    ['a\u007fb'],
    ['ż'],
    ['\u{1f600}'],
    [' a'],
    ['a\t'],
  ])('is refused in a header: %j', async (value) => {
    await expectRefused({ in: 'header' }, value)
    await expectRefused({ in: 'header' }, ['b', value])
    await expectRefused({ in: 'header', explode: true }, { b: value })
  })
})

describe('a member of an exploded object', () => {
  const page = parameter({ name: 'page' })
  const filter = parameter({ name: 'filter', style: 'deepObject' })
  const pageSize = parameter({ name: 'page[size]' })

  it.each([
    ['another parameter', { page: 2 }],
    ['another parameter, for those who do not see case', { PAGE: 2 }],
    ['another parameter, for those who trim', { ' page': 2 }],
    ['a part of another parameter', { 'page[size]': 2 }],
    ['a part of a deep object', { 'filter[a]': 2 }],
    ['what the path says already', { v: 3 }],
    ['a way to change the method', { _method: 'DELETE' }],
    ['a way to change the method, in capitals', { _METHOD: 'DELETE' }],
    ['a way to change the method, as a header has it', { 'X-HTTP-Method-Override': 'DELETE' }],
  ])('is refused where it is %s', async (_title, value) => {
    await expectRefused(EXPLODED, value, [page, filter])
  })

  it('is refused where two objects have it', async () => {
    const query = { color: { a: 1 }, size: { a: 2 } }
    const wanted = operation([parameter(EXPLODED), parameter({ ...EXPLODED, name: 'size' })])

    await expect(wire.send(wanted, { params: { query } })).rejects.toMatchObject({
      name: 'ArgumentRefused',
    })
  })

  it('is refused where a parameter is called like a member of a deep object', async () => {
    await expectRefused({ style: 'deepObject' }, { size: 1 }, [parameter({ name: 'color[size]' })])
  })

  it('is sent where it is called like its own parameter, or like nothing', async () => {
    const wanted = operation([parameter(EXPLODED), pageSize])
    const query = { color: { color: 1, pages: 2 }, 'page[size]': 3 }

    const { target } = await wire.send(wanted, { params: { query } })

    expect(target).toBe('/v1/things?color=1&pages=2&page%5Bsize%5D=3')
  })

  it.each([
    ['another cookie', { session: 'x' }],
    ['no name of a cookie', { 'a b': 'x' }],
    ['two cookies', { 'a=1; b': 'x' }],
  ])('is refused in a cookie where it is %s', async (_title, value) => {
    const session = parameter({ in: 'cookie', name: 'session' })

    await expectRefused({ in: 'cookie', explode: true }, value, [session])
  })
})

describe('a request', () => {
  it('has a target that servers read, or is refused', async () => {
    const sent = wire.send(operation([parameter()]), {
      params: { query: { color: 'x'.repeat(8_000) } },
    })

    await expect(sent).rejects.toMatchObject({ name: 'ArgumentRefused', parameter: null })
  })
})
