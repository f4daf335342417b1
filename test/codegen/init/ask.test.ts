import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { runInit } from '../../../codegen/init/run-init.ts'
import { inFolder } from '../fixture.ts'
import { until } from '../../support/until.ts'
import { documentOf } from './inspect.ts'

const OK = "responses: { '200': { description: Fine. } }"
const SPEC = documentOf(
  `  /orders: { get: { operationId: listOrders, ${OK} } }
  /buyers: { get: { operationId: listBuyers, ${OK} } }
  /buyers/verify: { get: { operationId: verifyBuyer, ${OK} } }`,
  `components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key }, token: { type: http, scheme: bearer } }
security: [{ key: [] }, { token: [] }]`,
)

const [ENTER, SPACE, DOWN, CTRL_C, BACKSPACE] = ['\r', ' ', '\u001B[B', '\u0003', '\u007F']

/** Answers each question, once it is there, with keys. */
async function answer(
  folder: string,
  dialogue: readonly (readonly [question: string, ...keys: readonly string[]])[],
) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input })
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 40 })
  let shown = ''
  output.on('data', (chunk: Buffer) => (shown += chunk.toString()))
  const done = runInit(
    { spec: join(folder, 'openapi.yaml'), out: join(folder, 'acme'), header: null, yes: false },
    { input, output, credential: null, now: () => new Date(0) },
  )
  for (const [question, ...keys] of dialogue) {
    await until(() => shown.includes(question))
    for (const key of keys) input.write(key)
  }
  return { summary: await done, shown }
}

const allowListIn = (folder: string) => readFileSync(join(folder, 'acme/allow-list.yaml'), 'utf8')

describe('npm run init on a terminal', () => {
  it('writes what was answered', () =>
    inFolder({ 'openapi.yaml': SPEC }, async (folder) => {
      const { summary } = await answer(folder, [
        ['What is the connector called?', ...Array.from('Shop', () => BACKSPACE), 'Acme', ENTER],
        ['Which of them only read?', SPACE, ENTER],
        ['What may be read?', DOWN, SPACE, ENTER],
        ['How is the upstream signed in to?', DOWN, ENTER],
        ['with 2 tools in 1 namespace?', ENTER],
      ])

      expect(summary).toContain('2 tools in 1 namespace\n  buyers  list, verify\n')
      const text = allowListIn(folder)
      expect(text).toContain('title: Acme\n')
      expect(text).toContain('credential: { header: Authorization, scheme: Bearer }\n')
      expect(text).not.toContain('listOrders')
    }))

  it('proposes what --yes would take', () =>
    inFolder({ 'openapi.yaml': SPEC }, async (folder) => {
      await answer(folder, [
        ['What is the connector called?', ENTER],
        ['Which of them only read?', ENTER],
        ['What may be read?', ENTER],
        ['How is the upstream signed in to?', ENTER],
        ['with 2 tools in 2 namespaces?', ENTER],
      ])
      const asked = allowListIn(folder)

      await inFolder({ 'openapi.yaml': SPEC }, async (other) => {
        const command = {
          spec: join(other, 'openapi.yaml'),
          out: join(other, 'acme'),
          header: null,
          yes: true,
        }
        const streams = { input: new PassThrough(), output: new PassThrough() }
        await runInit(command, { ...streams, credential: null, now: () => new Date(0) })

        expect(asked).toBe(allowListIn(other))
      })
    }))

  it.each([
    ['Ctrl-C at the first question', [['What is the connector called?', CTRL_C]]],
    [
      'no at the last',
      [
        ['What is the connector called?', ENTER],
        ['Which of them only read?', ENTER],
        ['What may be read?', ENTER],
        ['How is the upstream signed in to?', ENTER],
        ['with 2 tools in 2 namespaces?', DOWN, ENTER],
      ],
    ],
  ] as const)('writes nothing after %s', (_title, dialogue) =>
    inFolder({ 'openapi.yaml': SPEC }, async (folder) => {
      const { summary, shown } = await answer(folder, dialogue)

      expect(summary).toBeNull()
      expect(shown).toContain('Nothing was written.')
      expect(existsSync(join(folder, 'acme'))).toBe(false)
    }),
  )
})
