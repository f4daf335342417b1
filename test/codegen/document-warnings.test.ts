import { describe, expect, it } from '@jest/globals'
import { DOCUMENT, edit, warningsOf } from './fixture.ts'

const answer = (to: string) => edit(DOCUMENT, 'total: { type: number }', to)

describe('a fault that does not keep the allowed operations from being sent', () => {
  it.each<[rule: string, document: string, warning: string]>([
    [
      'is a key that comes twice',
      edit(DOCUMENT, 'paths:\n', 'paths:\n  /me: {}\n'),
      'openapi.yaml:5:3\n    the key "/me" appears twice; the last one counts',
    ],
    [
      'is an answer with something else than a schema',
      answer('total: number'),
      'openapi.yaml:36:9 #/components/schemas/Order/properties/total\n    is not a schema',
    ],
    [
      'is an answer with something else than a list',
      answer('total: { allOf: { type: number } }'),
      'openapi.yaml:36:18 #/components/schemas/Order/properties/total/allOf\n    "allOf" has the wrong shape',
    ],
    [
      'is an answer with something else than a reference',
      answer('total: { $ref: 5 }'),
      'openapi.yaml:36:18 #/components/schemas/Order/properties/total/$ref\n    "$ref" has the wrong shape',
    ],
    [
      'is an answer that refers to nothing',
      answer("total: { $ref: '#/components/schemas/Ordr' }"),
      'openapi.yaml:36:18 #/components/schemas/Order/properties/total/$ref\n    the reference "#/components/schemas/Ordr" points to nothing\n    → did you mean "Order"?',
    ],
  ])('%s', async (_rule, document, warning) => {
    expect(await warningsOf(document)).toContain(warning)
  })

  it('is none where no allowed operation reaches it', async () => {
    const document = edit(DOCUMENT, "{ '201': { description: Made. } }", "{ '201': { $ref: 5 } }")

    expect(await warningsOf(document)).toEqual([])
  })
})
