import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { generateFrom } from '../fixture.ts'

const ROOT = join(import.meta.dirname, '../../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** A section of an allow-list, up to the next one. */
const INTENTS = /^intents:\n(?:[ #].*\n|\n)*/m

it('the intent that docs/allow-list.md shows is a right one', async () => {
  const shown = read('docs/allow-list.md').match(/```yaml\n(intents:\n[^`]*)```/)?.[1] ?? ''
  const allowList = read('specs/flowtly/allow-list.yaml')
  expect(allowList).toMatch(INTENTS)

  const { files } = await generateFrom(
    read('specs/flowtly/openapi.yaml'),
    allowList.replace(INTENTS, () => `${shown}\n`),
  )

  expect(files.get('index.ts')).toContain('"overdueByCustomer"')
  expect(files.get('index.ts')).not.toContain('"topDebtors"')
})
