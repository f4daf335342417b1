import type { Intent } from '../../server/intents/contract.ts'
import type { AllowList } from '../allow-list/allow-list.ts'
import { byCodeUnit } from '../json.ts'

/** Resolves the intents, in name order. */
export function buildIntents({ allowList }: { readonly allowList: AllowList }): readonly Intent[] {
  return [...allowList.intents]
    .sort(([left], [right]) => byCodeUnit(left, right))
    .map(([name, entry]) => ({ name, ...entry }))
}
