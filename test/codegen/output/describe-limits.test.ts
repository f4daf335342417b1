import { expect, it } from '@jest/globals'
import { describeLimits } from '../../../codegen/output/describe-limits.ts'

it.each([
  [{}, null],
  [{ minimum: 1, maximum: 100 }, 'from 1 to 100'],
  [{ minimum: 0 }, 'at least 0'],
  [{ maximum: 5 }, 'at most 5'],
  [{ exclusiveMinimum: 0, exclusiveMaximum: 1 }, 'more than 0, less than 1'],
  [{ minimum: 0, multipleOf: 5 }, 'at least 0, in steps of 5'],
  [{ minLength: 1 }, 'at least 1 character'],
  [{ minLength: 1, maxLength: 40 }, '1 to 40 characters'],
  [{ minLength: 3, maxLength: 3 }, 'exactly 3 characters'],
  [{ maxItems: 3 }, 'at most 3 items'],
  [{ maxLength: 1 }, 'at most 1 character'],
  [{ minLength: 1, pattern: '^cp_' }, 'at least 1 character, matches ^cp_'],
  [{ minimum: true, pattern: 1 }, null],
])('says of %j: %s', (schema, words) => {
  expect(describeLimits(schema)).toBe(words)
})
