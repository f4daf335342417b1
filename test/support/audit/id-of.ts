import { isRecord } from '../../../server/json.ts'

/** The id of an event that was written in our own format. */
export function idOf(line: string): string {
  const event: unknown = JSON.parse(line)
  if (!isRecord(event) || typeof event['id'] !== 'string') throw new Error('no event')
  return event['id']
}
