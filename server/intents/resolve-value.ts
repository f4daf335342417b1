import { isRecord, readPointer } from '../json.ts'
import type { IntentValue } from './contract.ts'

/** What the pointers of an intent lead into. */
export type Scope = {
  readonly arguments: Readonly<Record<string, unknown>>
  readonly context: Readonly<Record<string, unknown>>
  /** The answers of the steps so far, by name. */
  readonly steps: Readonly<Record<string, unknown>>
  /** What a step with `forEach` runs for. */
  readonly item?: unknown
}

/** Gives a value as it stands, or what its pointer leads to; `undefined` where that is nothing. */
export function resolveValue(value: IntentValue, scope: Scope): unknown {
  return isPointer(value) ? readPointer(scope, value.pointer) : value
}

/** Tells a pointer from a value. */
export function isPointer(value: unknown): value is { readonly pointer: string } {
  return isRecord(value) && typeof value['pointer'] === 'string' && Object.keys(value).length === 1
}
