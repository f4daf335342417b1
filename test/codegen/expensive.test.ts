import { describe, expect, it } from '@jest/globals'
import { ALLOW_LIST, DOCUMENT, edit, generateFrom } from './fixture.ts'

const STATE = '{ type: string, enum: [open, done] }'

/** Schemas that each refer to the next twice: written out, they double at every level. */
function doubling(levels: number): string {
  const schemas = Array.from({ length: levels }, (_, level) => {
    const next = `{ $ref: '#/components/schemas/L${level + 1}' }`
    return `    L${level}: { type: object, properties: { a: ${next}, b: ${next} } }\n`
  })
  return `${schemas.join('')}    L${levels}: { type: string }\n`
}

/** Schemas that each refer to the next. */
function chain(levels: number): string {
  const schemas = Array.from({ length: levels }, (_, level) => {
    const next = `{ $ref: '#/components/schemas/L${level + 1}' }`
    return `    L${level}: { type: object, properties: { a: ${next} } }\n`
  })
  return `${schemas.join('')}    L${levels}: { type: string }\n`
}

describe('a document that asks for too much', () => {
  it('is generated though its answer doubles at every level', async () => {
    const document = edit(
      DOCUMENT,
      'total: { type: number }',
      "total: { $ref: '#/components/schemas/L0' }",
    )

    const { name } = await generateFrom(`${document}${doubling(28)}`, ALLOW_LIST)

    expect(name).toBe('shop')
  })

  it('is generated though an argument of it doubles at every level', async () => {
    const document = edit(DOCUMENT, STATE, "{ $ref: '#/components/schemas/L0' }")

    const { files } = await generateFrom(`${document}${doubling(28)}`, ALLOW_LIST)

    expect(files.get('tools/orders.ts')?.length).toBeLessThan(30_000)
  })

  it('is generated though an argument of it refers on and on, as far as it goes', async () => {
    const document = edit(DOCUMENT, STATE, "{ $ref: '#/components/schemas/L0' }")

    const { warnings } = await generateFrom(`${document}${chain(3_000)}`, ALLOW_LIST)

    expect(warnings.map(({ what }) => what).join()).toContain('refers on and on')
  })

  it('loses a pattern that some texts would take for ever', async () => {
    const document = edit(DOCUMENT, STATE, "{ type: string, pattern: '^(a+)+$' }")

    const { files, warnings } = await generateFrom(document, ALLOW_LIST)

    expect(files.get('tools/orders.ts')).not.toContain('(a+)+')
    expect(warnings.map(({ what }) => what).join()).toContain('some texts would take it for ever')
  })
})

describe('a parameter that would make another request', () => {
  it.each([
    ['X-HTTP-Method-Override', 'header'],
    ['x-forwarded-host', 'header'],
    ['Expect', 'header'],
    ['"X Bad"', 'header'],
    ['_method', 'query'],
  ])('%s in the %s is not offered', async (name, where) => {
    const document = edit(DOCUMENT, 'name: state, in: query', `name: ${name}, in: ${where}`)

    const { files } = await generateFrom(document, ALLOW_LIST)

    expect(files.get('tools/orders.ts')).not.toContain(name.replaceAll('"', ''))
  })
})
