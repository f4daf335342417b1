import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { AUDIT_TYPES } from '../../../server/audit/event.ts'

const DOCS = readFileSync(join(import.meta.dirname, '../../../docs/audit.md'), 'utf8')

it.each(AUDIT_TYPES)('%s is explained in docs/audit.md', (type) => {
  expect(DOCS).toMatch(new RegExp(`^\\|.*\`${type.replaceAll('.', '[.]')}\`.*\\|$`, 'm'))
})
