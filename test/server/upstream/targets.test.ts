import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openWire, operation, parameter, toCaller, type AnyPaths, type Wire } from './fixture.ts'

let wire: Wire

beforeAll(async () => {
  wire = await openWire()
})

afterAll(() => wire.close())

describe('the fixed query of a path', () => {
  const id = parameter({ in: 'path', name: 'id' })

  it('is sent before the parameters', async () => {
    const wanted = operation([parameter()], { query: 'action=list&flag' })

    const { target } = await wire.send(wanted, { params: { query: { color: 'a' } } })

    expect(target).toBe('/v1/things?action=list&flag&color=a')
  })

  it('takes path parameters as values of its own', async () => {
    const wanted = operation([id], { query: 'id={id}&x=1' })

    const { target } = await wire.send(wanted, { params: { path: { id: '../a&b=c' } } })

    expect(target).toBe('/v1/things?id=..%2Fa%26b%3Dc&x=1')
  })

  it('cannot be said otherwise by an argument', async () => {
    const wanted = operation([parameter({ name: 'action' })], { query: 'action=list' })

    const same = await wire.send(wanted, { params: { query: { action: 'list' } } })
    const other = wire.send(wanted, { params: { query: { action: 'delete' } } })

    expect(same.target).toBe('/v1/things?action=list')
    await expect(other).rejects.toMatchObject({ name: 'ArgumentRefused', parameter: 'action' })
  })
})

describe('an operation', () => {
  const wanted = operation([parameter({ in: 'path', name: 'id' })], { template: '/things/{id}' })
  const request = { params: { path: { id: 'x' } } }

  it.each([
    ['method', 'POST', '/things/{id}'],
    ['method', 'HEAD', '/things/{id}'],
    ['path', 'GET', '/things'],
    ['path', 'GET', '/things/x'],
    ['path', 'GET', '/users/{id}'],
  ] as const)('is not sent with another %s: %s %s', async (_what, method, path) => {
    const before = wire.recording.requests.length

    const sent = wire.upstream.read(wanted, toCaller(), (open) =>
      open<AnyPaths>()[method](path, request),
    )

    await expect(sent).rejects.toThrow('refused to send')
    expect(wire.recording.requests).toHaveLength(before)
  })

  it('is sent once', async () => {
    const sent = wire.upstream.read(wanted, toCaller(), async (open) => {
      const upstream = open<AnyPaths>()
      await upstream.GET('/things/{id}', request)
      await upstream.GET('/things/{id}', request)
    })

    await expect(sent).rejects.toThrow('an operation is sent once')
  })

  it.each([
    ['//evil.example/{id}', 'another host'],
    ['/a/../b/{id}', 'a dot segment'],
    ['/a b/{id}', 'what a URL cannot hold'],
  ])('is not sent where its template is %s: %s', async (template) => {
    const { origin: server } = wire.recording
    const broken = operation([parameter({ in: 'path', name: 'id' })], { template, server })

    await expect(wire.send(broken, request)).rejects.toMatchObject({
      message: expect.stringMatching(/^(?:refused to send|must not hold)/),
    })
  })

  it('cannot leave its segment by what stands around its arguments', async () => {
    const names = ['a', 'b'].map((name) => parameter({ in: 'path', name }))
    const joined = operation(names, { template: '/things/{a}{b}' })

    // Apart they are harmless; behind each other they are `%2e`, encoded once more.
    const sent = wire.send(joined, { params: { path: { a: '%2', b: 'e' } } })

    await expect(sent).rejects.toMatchObject({ name: 'ArgumentRefused' })
  })
})

describe('a body', () => {
  const search = operation([], { method: 'POST', body: 'application/vnd.search+json' })

  it('is sent as JSON, in the type that the document names', async () => {
    const { method, headers, body } = await wire.send(search, { body: { q: 'ż', tags: [1] } })

    expect({ method, body }).toEqual({ method: 'POST', body: '{"q":"ż","tags":[1]}' })
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.search+json',
      'content-length': '21',
    })
  })

  it('is absent where none is given', async () => {
    const { headers, body } = await wire.send(search, { body: undefined })

    expect(body).toBe('')
    expect(headers).not.toHaveProperty('content-type')
  })

  it('is refused above 1 MB', async () => {
    const sent = wire.send(search, { body: { q: 'x'.repeat(1024 * 1024) } })

    await expect(sent).rejects.toMatchObject({ name: 'ArgumentRefused', parameter: null })
  })

  it.each([
    ['a GET', operation([])],
    ['a POST without one', operation([], { method: 'POST' })],
  ])('is not sent with %s', async (_title, without) => {
    await expect(wire.send(without, { body: {} })).rejects.toThrow('refused to send a body')
  })
})

describe('the headers of the connector', () => {
  it.each([
    ['Authorization', { authorization: 'Bearer t' }, 'Bearer t'],
    ['x-api-KEY', { 'X-Api-Key': 'k' }, 'k'],
    ['X-ORGANIZATION', {}, 'acme'],
    ['User-Agent', {}, 'test'],
    ['Accept', {}, 'text/csv, application/problem+json'],
  ])('are not replaced by a parameter called %s', async (name, credential, expected) => {
    const wanted = operation([parameter({ in: 'header', name })], { accept: 'text/csv' })

    const { headers } = await wire.send(wanted, { params: { header: { [name]: 'x' } } }, credential)

    expect(headers[name.toLowerCase()]).toBe(expected)
  })

  it('ask for a problem document once', async () => {
    const accept = 'application/json, application/problem+json'

    const { headers } = await wire.send(operation([], { accept }), {})

    expect(headers.accept).toBe(accept)
  })

  it('keep the cookie of a credential, beside those of parameters', async () => {
    const wanted = operation([
      parameter({ in: 'cookie' }),
      parameter({ in: 'cookie', name: 'session' }),
    ])

    const { headers } = await wire.send(
      wanted,
      { params: { cookie: { color: 'a', session: 'stolen' } } },
      { Cookie: 'session=mine; theme=dark' },
    )

    expect(headers.cookie).toBe('session=mine; theme=dark; color=a')
  })
})
