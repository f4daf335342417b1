import type { IntentValue } from '../../server/intents/contract.ts'
import { toJson, type Json } from '../json.ts'

/** The pointer that a value is; `null` where it stands for itself. */
export function pointerOf(value: IntentValue): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { pointer, ...rest } = value
  return typeof pointer === 'string' && Object.keys(rest).length === 0 ? pointer : null
}

/** A value that stands for itself. */
export function literalOf(value: IntentValue): Json {
  return toJson(value)
}
