import type { JsonObject } from '../json.ts'
import { compileJudge } from '../schema/judge.ts'
import type { ParameterModel } from '../model.ts'
import { findPaging, findSize } from '../answer/paging.ts'

/** The argument that says how many records come, and how many to ask for when the caller is silent. */
export type PageSize = { readonly key: string; readonly value: number }

/** Enough to answer most questions, and little enough for a model to read. */
const GOOD_SIZE = 25
/** An upstream's own default up to here is left alone. */
const MAX_OWN_SIZE = 50

/** Proposes a page size where the upstream would send everything, or very much. */
export function proposePageSize(
  parameters: readonly ParameterModel[],
  isList: boolean,
): PageSize | null {
  const size = findSize(parameters)
  if (size === null || (!isList && findPaging(parameters) === null)) return null
  const { default: own } = size.schema
  if (typeof own === 'number' && own > 0 && own <= MAX_OWN_SIZE) return null
  const value = fitInto(size.schema)
  return isAllowed(size.schema, value) ? { key: size.key, value } : null
}

function fitInto({ minimum, maximum }: JsonObject): number {
  const most = typeof maximum === 'number' ? Math.min(GOOD_SIZE, maximum) : GOOD_SIZE
  return typeof minimum === 'number' ? Math.max(most, minimum) : most
}

function isAllowed(schema: JsonObject, value: number): boolean {
  try {
    return compileJudge(schema)(value) === null
  } catch {
    return false // a schema that does not compile is reported with its tool
  }
}
