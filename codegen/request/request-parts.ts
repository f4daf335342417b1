import { readBody, type RawBody } from './body.ts'
import type { Bundle } from '../document/bundle.ts'
import type { OperationEntry } from '../document/document.ts'
import { listParameters, type RawParameter } from './parameter-list.ts'
import type { Findings } from '../problem.ts'
import type { Selection } from '../allow-list/select.ts'

/** All that an operation can be sent. */
export type RequestParts = {
  readonly parameters: readonly RawParameter[]
  /** `null` where it takes none, and where the connector itself makes it: at a login. */
  readonly body: RawBody | null
}

/** Finds the parts of a selected operation. */
export type PartsOf = (operation: Pick<OperationEntry, 'method' | 'path'>) => RequestParts

/** Reads, once, what every selected operation can be sent. */
export function listRequestParts(
  bundle: Bundle,
  { operations, tools }: Selection,
  own: ReadonlySet<string>,
  findings: Findings,
): PartsOf {
  const ofTools = new Set(tools.map(({ operation }) => operation))
  const parts = new Map(
    operations.map((operation): [string, RequestParts] => {
      const parameters = listParameters(bundle, operation, own, findings)
      const body = ofTools.has(operation) ? readBody(bundle, operation, findings) : null
      return [toKey(operation), { parameters, body }]
    }),
  )
  return (operation) => parts.get(toKey(operation)) ?? { parameters: [], body: null }
}

function toKey({ method, path }: Pick<OperationEntry, 'method' | 'path'>): string {
  return `${method} ${path}`
}
