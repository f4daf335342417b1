import { z } from 'zod'
import { badRequest } from '../http/problem.ts'

const position = z.strictObject({
  sort: z.enum(['bookedOn', '-bookedOn', 'amount', '-amount']),
  key: z.union([z.string(), z.number()]),
  id: z.string(),
})

/** The last transaction that was read: the value it is sorted by, and its id for ties. */
export type CursorPosition = Readonly<z.infer<typeof position>>

/** Writes a position as text that callers have no reason to look into. */
export function renderCursor(value: CursorPosition): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/**
 * Reads a cursor that `renderCursor` made for the same order.
 *
 * @throws {ProblemError} 400 for anything else
 */
export function parseCursor(cursor: string, sort: CursorPosition['sort']): CursorPosition {
  const parsed = position.safeParse(decode(cursor))
  if (!parsed.success) throw badCursor('is not a cursor of this list')
  const isDay = typeof parsed.data.key === 'string'
  const sortsByDay = parsed.data.sort.endsWith('bookedOn')
  if (isDay !== sortsByDay) throw badCursor('is not a cursor of this list')
  if (parsed.data.sort !== sort) throw badCursor('belongs to another "sort"')
  return parsed.data
}

function decode(cursor: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return value
  } catch {
    return null
  }
}

function badCursor(message: string) {
  return badRequest([{ in: 'query', name: 'cursor', message }])
}
