import type { Answer } from './rpc.ts'

/** What an answer says of the window: limit, what remains, seconds until it is empty. */
export function windowOf({ headers }: Pick<Answer, 'headers'>): readonly (number | null)[] {
  return ['limit', 'remaining', 'reset'].map((name) => {
    const value = headers.get(`x-ratelimit-${name}`)
    return value === null ? null : Number(value)
  })
}
