import { expect } from '@jest/globals'
import { z } from 'zod'
import { isRecord } from '../../server/json.ts'
import type { GeneratedTool } from './generated-tools.ts'

const resultSchema = z.object({
  content: z.tuple([z.object({ type: z.literal('text'), text: z.string() })]),
  isError: z.literal(false).optional(),
})

/**
 * Expects that a tool's result says what the upstream said, column by column where the tool shows
 * some only.
 *
 * @param options.isCounting compares which items there are, not their values
 */
export async function expectSameContent(
  result: unknown,
  direct: Response,
  { items, columns }: GeneratedTool,
  { isCounting }: { readonly isCounting: boolean },
): Promise<void> {
  const { content } = resultSchema.parse(result)
  const [{ text }] = content
  const said = await direct.text()
  if (!(direct.headers.get('content-type') ?? '').includes('json')) {
    expect(text).toBe(said)
    return
  }
  const shown: unknown = JSON.parse(text)
  const whole: unknown = JSON.parse(said)
  if (columns === null && !isCounting) {
    expect(shown).toEqual(whole)
    return
  }
  const kept = isCounting ? ['name'] : (columns ?? [])
  const of = (value: unknown) => toRecords(value, items).map((record) => pick(record, kept))
  expect(of(shown)).toEqual(of(whole))
  expect(of(shown)).not.toEqual([])
  const known = new Set(columns?.map((column) => column.split('.')[0]))
  if (columns === null) return
  for (const record of toRecords(shown, items)) {
    const keys = Object.keys(isRecord(record) ? record : {})
    expect(keys.filter((key) => !known.has(key))).toEqual([])
  }
}

/** PowerDNS's lists are whole answers. */
function toRecords(value: unknown, items: string | null): readonly unknown[] {
  if (items === null) return [value]
  if (items === '' && Array.isArray(value)) return value
  throw new Error(`no list at ${JSON.stringify(items)}`)
}

function pick(record: unknown, columns: readonly string[]): readonly unknown[] {
  return columns.map((column) => follow(record, column.split('.')))
}

function follow(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value
  if (Array.isArray(value)) return value.map((each) => follow(each, [step, ...rest]))
  return isRecord(value) ? follow(value[step], rest) : undefined
}
