import type { z } from 'zod'
import type { FieldError } from './problem.ts'

/** Says in our words which values a schema refused. */
export function toFieldErrors(error: z.ZodError, place: FieldError['in']): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        in: place,
        name: toName([...issue.path, key], place),
        message: 'is not known here',
      }))
    }
    return [{ in: place, name: toName(issue.path, place), message: issue.message }]
  })
}

/** A parameter goes by its name; a place in a body is a JSON Pointer (RFC 6901). */
function toName(path: readonly PropertyKey[], place: FieldError['in']): string {
  if (place !== 'body') return String(path[0] ?? '')
  const steps = path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))
  return steps.map((step) => `/${step}`).join('')
}
