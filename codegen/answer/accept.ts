import { findContent } from './answer.ts'
import type { Bundle } from '../document/bundle.ts'
import type { OperationEntry } from '../document/document.ts'
import { objectAt } from '../json.ts'
import { valueAt } from '../json-pointer.ts'
import { findJsonType, parseMediaType } from '../document/media-type.ts'

/** What is asked for where the document does not say what comes: JSON, or whatever there is. */
const ANYTHING = 'application/json, */*;q=0.1'

/** Answers whether an `Accept` header is that of an operation whose answer the document does not tell. */
export function isUntold(accept: string): boolean {
  return accept === ANYTHING
}

/** More would only lengthen the header; documents with more list every format of a converter. */
const MAX_TYPES = 8

/**
 * Writes the `Accept` header of an operation (RFC 9110, section 12.5.1) from what its success is
 * documented in: JSON alone where JSON is among it, because tools show values and not bytes;
 * otherwise all of it, at most eight types.
 */
export function readAccept(bundle: Bundle, operation: OperationEntry): string {
  const content = findContent(bundle, operation)
  const keys = content === null ? [] : Object.keys(objectAt(valueAt(bundle.document, content)))
  const json = findJsonType(keys)
  if (json !== null) return json.text
  const types = keys.flatMap((key) => parseMediaType(key) ?? [])
  const named = types.filter(({ essence }) => essence !== '*/*').map(({ text }) => text)
  if (named.length === 0) return ANYTHING
  const rest = named.length < types.length ? ['*/*;q=0.1'] : []
  return [...new Set(named), ...rest].slice(0, MAX_TYPES).join(', ')
}
