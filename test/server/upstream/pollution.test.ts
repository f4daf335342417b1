import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { buildRequest } from '../../../server/upstream/build-request.ts'
import { createOperationCompiler } from '../../../server/upstream/compile-operation.ts'
import { ArgumentRefused } from '../../../server/upstream/failure.ts'
import { operation, parameter } from './fixture.ts'
import { anyCharacter } from '../../support/any-character.ts'

const compile = createOperationCompiler(new URL('https://h.example/v1'))

/** Text with what parts paths, queries, headers and cookies in it. */
const hostile = fc.stringMatching(
  /^(?:[a-c]|[./\\?#&=;,%+ [\]|:@\t\r\n"]|%2[ef6]|%00|\.\.|_method){0,8}$/,
)
const text = fc.oneof(hostile, fc.string(), fc.string({ unit: anyCharacter }))
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(text, fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxKeys: 3 }),
)

const PATH = ['simple', 'label', 'matrix'] as const
const QUERY = ['form', 'spaceDelimited', 'pipeDelimited', 'tabDelimited', 'deepObject'] as const

/** An operation with a parameter in every place, and their values. */
const call = fc.record({
  path: fc.constantFrom(...PATH),
  query: fc.constantFrom(...QUERY),
  explode: fc.boolean(),
  allowReserved: fc.boolean(),
  values: fc.record({ path: value, query: value, header: value, cookie: value }),
})

function build({ path, query, explode, allowReserved, values }: CallOf<typeof call>) {
  const wanted = operation(
    [
      parameter({ in: 'path', name: 'id', style: path, explode }),
      parameter({ in: 'query', name: 'color', style: query, explode, allowReserved }),
      parameter({ in: 'query', name: 'page' }),
      parameter({ in: 'header', name: 'X-Color', explode }),
      parameter({ in: 'cookie', name: 'color', explode }),
    ],
    { template: '/things/{id}/lines', query: 'v=2' },
  )
  const params = {
    path: { id: values.path },
    query: { color: values.query, page: 7 },
    header: { 'X-Color': values.header },
    cookie: { color: values.cookie },
  }
  try {
    return buildRequest(compile(wanted), { params })
  } catch (error) {
    if (error instanceof ArgumentRefused) return null
    throw error
  }
}

type CallOf<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never

describe('whatever the arguments', () => {
  it('a request keeps its path, says nothing of another name, and is well-formed', () => {
    let built = 0
    fc.assert(
      fc.property(call, (each) => {
        const request = build(each)
        if (request === null) return
        built += 1
        const url = new URL(request.target, 'https://h.example')
        const names = [...url.searchParams.keys()]
        const members =
          typeof each.values.query === 'object' ? Object.keys(each.values.query ?? {}) : []
        const own = each.query === 'form' && each.explode ? ['color', ...members] : ['color']

        expect(url.host).toBe('h.example')
        expect(url.pathname.split('/')).toHaveLength(5)
        expect(url.pathname).toMatch(/^\/v1\/things\/[^/]+\/lines$/)
        expect(url.searchParams.getAll('v')).toEqual(['2'])
        expect(url.searchParams.getAll('page')).toEqual(['7'])
        expect(names.filter((name) => !['v', 'page'].includes(name) && !isOf(own, name))).toEqual(
          [],
        )
        expect(Object.keys(request.headers)).not.toContain('authorization')
        for (const header of Object.values(request.headers)) {
          expect(header).toMatch(/^(?:[\t\u0020-\u007e\u0080-\u00ff]*)$/)
        }
        for (const cookie of request.cookies) expect(cookie).toMatch(/^[^\s;,"\\=]+=[^\s;"\\]*$/)
      }),
      { numRuns: 5_000 },
    )
    expect(built).toBeGreaterThan(500)
  })
})

/** A name itself, or with brackets behind it. */
function isOf(names: readonly string[], name: string): boolean {
  return names.some((each) => name === each || name.startsWith(`${each}[`))
}
