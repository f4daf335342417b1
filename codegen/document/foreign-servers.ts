import type { AllowList } from '../allow-list/allow-list.ts'
import type { Bundle } from './bundle.ts'
import type { OperationEntry } from './document.ts'
import { valueAt } from '../json-pointer.ts'
import type { Findings } from '../problem.ts'
import { isSafeUrl } from '../safe-url.ts'
import { ownServers, readOwnServer } from './servers.ts'

/**
 * Refuses an operation at another origin than the connector's upstream, unless the allow-list names
 * that origin: the members' credentials would go there, and no document alone may decide that.
 */
export function checkServers(
  bundle: Bundle,
  operations: readonly OperationEntry[],
  { upstream }: AllowList,
  findings: Findings,
): void {
  for (const operation of operations) {
    const origin = foreignOrigin(bundle, operation)
    if (origin === null || upstream.servers.includes(origin)) continue
    const path = ownServers(operation).find((each) => valueAt(bundle.document, each) !== undefined)
    const place = bundle.place(path ?? ['servers'])
    const what = `${operation.method} ${operation.path} is served by ${origin}, another origin than the rest`
    const hint = isSafeUrl(origin)
      ? `if members' credentials may go there, add it to "servers" under "upstream"; else leave the tool out`
      : 'it has no TLS, so leave the tool out'
    findings.problem(place, what, hint)
  }
}

/** The origin of an operation that is served elsewhere; `null` for the connector's own. */
export function foreignOrigin(bundle: Bundle, operation: OperationEntry): string | null {
  const server = readOwnServer(bundle, operation)
  return server === null || server.startsWith('/') ? null : new URL(server).origin
}
