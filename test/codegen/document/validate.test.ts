import { describe, expect, it } from '@jest/globals'
import { createFindings } from '../../../codegen/problem.ts'
import type { JsonObject } from '../../../codegen/json.ts'
import { validateBundle } from '../../../codegen/document/validate.ts'

const GOOD = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': { get: { responses: { '200': { description: 'Things.' } } } },
  },
}

async function warningsOf(document: JsonObject): Promise<readonly string[]> {
  const findings = createFindings()
  const place = (path: readonly string[]) => ({
    file: 'openapi.yaml',
    line: null,
    column: null,
    where: path.join('/'),
  })
  await validateBundle({ document, url: null, place }, findings)
  expect(findings.problems).toEqual([])
  return findings.warnings.map(({ where, what }) => `${where}: ${what}`)
}

describe('validateBundle', () => {
  it('has nothing to say of a good document', async () => {
    expect(await warningsOf(GOOD)).toEqual([])
  })

  it('warns of what is not as OpenAPI has it, once for each place', async () => {
    const warnings = await warningsOf({
      ...GOOD,
      info: { title: 'Things' },
      paths: { '/things': { get: { responses: { '200': { content: 7 } } } } },
    })

    expect(warnings).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^info: .*required property 'version'/),
        expect.stringMatching(/^paths\/\/things\/get\/responses\/200\/content: .*must be object/),
      ]),
    )
    expect(new Set(warnings).size).toBe(warnings.length)
  })

  it('knows what OpenAPI 3.2 adds', async () => {
    const tags = [{ name: 'things', summary: 'Things', kind: 'nav' }]

    expect(await warningsOf({ ...GOOD, openapi: '3.2.0', tags })).toEqual([])
  })

  it('never reads a file or the network', async () => {
    for (const $ref of ['file:///etc/hostname', '/etc/hostname', 'http://127.0.0.1:9/x']) {
      const schema = { $ref }
      const parameters = [{ name: 'q', in: 'query', schema }]
      const get = { ...GOOD.paths['/things'].get, parameters }

      const warnings = await warningsOf({ ...GOOD, paths: { '/things': { get } } })

      expect(warnings.join()).not.toMatch(/ECONNREFUSED|ENOENT|no such file/)
    }
  })
})
