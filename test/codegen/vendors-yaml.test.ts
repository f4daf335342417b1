import { describe, expect, it } from '@jest/globals'
import { objectAt } from '../../codegen/json.ts'
import { createFindings } from '../../codegen/problem.ts'
import { parseDocumentFile } from '../../codegen/document/source-file.ts'

function read(text: string) {
  const findings = createFindings()
  const file = parseDocumentFile('openapi.yaml', text, findings)
  return { file, problems: findings.problems.map(({ line, what }) => `${line ?? 0}: ${what}`) }
}

describe('parseDocumentFile', () => {
  it.each<[rule: string, text: string, value: unknown]>([
    [
      'keeps dates as text',
      'a: 2020-01-31\nb: 2020-01-31T00:00:00Z\n',
      { a: '2020-01-31', b: '2020-01-31T00:00:00Z' },
    ],
    ['reads status codes as keys', 'responses:\n  200: {}\n', { responses: { '200': {} } }],
    [
      'takes yes, no and on for words',
      'a: yes\nb: no\non: off\n',
      { a: 'yes', b: 'no', on: 'off' },
    ],
    [
      'merges',
      'a: &a { x: 1, y: 1 }\nb:\n  <<: *a\n  y: 2\n',
      { a: { x: 1, y: 1 }, b: { x: 1, y: 2 } },
    ],
    ['lets the last of two keys count', 'a: 1\na: 2\n', { a: 2 }],
    ['reads nothing as nothing', '# only a comment\n', null],
    ['reads a byte order mark', '\uFEFFa: 1\n', { a: 1 }],
    ['reads JSON with a doubled key', '{"a": 1, "a": 2}', { a: 2 }],
    [
      'reads keys that JavaScript inherits',
      'constructor: 1\ntoString: 2\n',
      { constructor: 1, toString: 2 },
    ],
  ])('%s', (_rule, text, value) => {
    const { file, problems } = read(text)

    expect(problems).toEqual([])
    expect(file?.value).toEqual(value)
  })

  it('tells of every key that comes twice, and where', () => {
    const { file } = read('a: 1\na: 2\nb:\n  c: 1\n  "c": 2\n')

    expect(file?.doubledKeys.map(({ line, what }) => [line, what])).toEqual([
      [2, 'the key "a" appears twice'],
      [5, 'the key "c" appears twice'],
    ])
  })

  it('keeps a member that is called __proto__ a member', () => {
    const { file } = read('a: { __proto__: { polluted: true } }\n')

    expect(Object.hasOwn(objectAt(objectAt(file?.value)['a']), '__proto__')).toBe(true)
    expect('polluted' in {}).toBe(false)
  })

  it.each([
    ['a: "', '1: is not valid YAML: unexpected end of the stream within a double quoted scalar'],
    ['a: 1\nb: [\n', '3: is not valid YAML: unexpected end of the stream within a flow collection'],
    ['a: .inf\n', '1: holds a value that is not JSON'],
    [
      'a: !!js/function "x"\n',
      '1: is not valid YAML: unknown tag !<tag:yaml.org,2002:js/function>',
    ],
    ['a: &a [*a]\n', '1: is nested more than 400 levels deep'],
    [`${'['.repeat(500)}${']'.repeat(500)}`, '1: is nested more than 400 levels deep'],
    [
      `a: ${'['.repeat(500)}${']'.repeat(500)}`,
      '1: is not valid YAML: nesting exceeded maxDepth (400)',
    ],
    [
      '--- a\n--- b\n',
      '1: is not valid YAML: expected a single document in the stream, but found more',
    ],
  ])('refuses %j', (text, problem) => {
    const { file, problems } = read(text)

    expect(file).toBeNull()
    expect(problems).toEqual([problem])
  })

  it('refuses aliases that grow without measure', () => {
    const levels = Array.from({ length: 30 }, (_, level) =>
      level === 0 ? 'a0: &a0 [x, x]' : `a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`,
    )

    expect(read(`${levels.join('\n')}\n`).problems).toEqual(['1: holds more than 5000000 values'])
  })
})
