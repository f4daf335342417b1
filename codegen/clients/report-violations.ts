import type { AllowList } from '../allow-list/allow-list.ts'
import type { Findings } from '../problem.ts'
import { toList } from '../tool/texts.ts'
import { checkClients } from './check-clients.ts'
import type { Catalogue } from './tool-definition.ts'

/** Reports what a client would refuse, once for all that do: nobody should find it by a dropped tool. */
export function reportViolations(
  catalogue: Catalogue,
  allowList: AllowList,
  findings: Findings,
): void {
  const violations = checkClients(catalogue).filter(({ kind }) => kind === 'violation')
  const groups = Map.groupBy(violations, ({ tool, what }) => JSON.stringify([tool, what]))
  for (const [first, ...others] of groups.values()) {
    if (first === undefined) continue
    const { tool, what, fix } = first
    const path = tool === null ? ['connector', 'instructions'] : ['tools', tool]
    const clients = toList([first, ...others].map(({ client }) => client))
    findings.problem(allowList.place(path, 'key'), `not for ${clients}: ${what}`, fix)
  }
}
