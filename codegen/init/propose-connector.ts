import { isSafeUrl } from '../safe-url.ts'
import { toReference } from '../allow-list/select.ts'
import type { Inspection } from './inspect-document.ts'
import type { InspectedOperation } from './inspect-operation.ts'
import { describeConnector, toTitle } from './describe-connector.ts'
import { describeNamespaces, type NamedOperation } from './describe-namespaces.ts'
import type { Choices, LeftOut, Proposal, ToolProposal } from './proposal.ts'
import { proposeLogins } from './propose-login.ts'
import { byName, proposeNames } from './propose-names.ts'
import { findSuccessor } from './superseded.ts'

/**
 * Proposes a connector: every GET becomes a tool, except those that look as if they changed
 * something, never end, belong to signing in, or are replaced by another.
 *
 * The same document and choices give the same proposal.
 */
export function proposeConnector(inspection: Inspection, choices: Choices = {}): Proposal {
  const { operations, referenceOf } = inspection
  const open = operations.filter((operation) => findReason(operation, inspection, choices) === null)
  const kept = open.filter((operation) => findSuccessor(operation, open) === null)
  const named = proposeNames(kept).flatMap((name, index): NamedOperation[] => {
    const operation = kept[index]
    return operation === undefined ? [] : [{ ...name, operation }]
  })
  const chosen = named
    .filter(({ namespace }) => choices.namespaces?.includes(namespace) ?? true)
    .toSorted(byName)
  const namespaces = describeNamespaces(
    chosen,
    inspection,
    choices.title ?? toTitle(inspection.title),
  )
  const connector = describeConnector(
    inspection.title,
    namespaces.map(({ name }) => name),
    choices,
  )
  const [login = { credential: null, scheme: null, issuer: null }] = proposeLogins(
    inspection.bundle,
  )
  const isShared = (namespace: string, key: string) =>
    namespaces.some(({ name, defaults }) => name === namespace && key in defaults)
  return {
    connector,
    login: choices.login ?? login,
    servers: [
      ...new Set(chosen.flatMap(({ operation: { origin } }) => (isGood(origin) ? [origin] : []))),
    ],
    namespaces,
    tools: chosen.map((each) => toTool(each, referenceOf(each.operation), isShared)),
    leftOut: operations.flatMap((operation) => {
      const reason = findReason(operation, inspection, choices)
      if (reason !== null) return [toLeftOut(operation, inspection, reason)]
      const successor = findSuccessor(operation, open)
      if (successor === null) return []
      const why = `is deprecated, and ${toReference(successor.entry)} is there`
      return [toLeftOut(operation, inspection, { kind: 'deprecated', why })]
    }),
    others: inspection.others,
  }
}

/** What an operation is, for people: its request and what the document says of it. */
export function describeOperation({ entry, summary }: InspectedOperation): string {
  return summary === '' ? toReference(entry) : `${toReference(entry)} – ${summary}`
}

/** An origin without TLS is no place for a credential; its tools are left out when they are tried. */
function isGood(origin: string | null): origin is string {
  return origin !== null && isSafeUrl(origin)
}

type Reason = Pick<LeftOut, 'kind' | 'why'>

function findReason(
  operation: InspectedOperation,
  { referenceOf }: Inspection,
  { harmless, refused }: Choices,
): Reason | null {
  const reference = referenceOf(operation)
  const refusal = refused?.get(reference)
  if (refusal !== undefined) return { kind: 'refused', why: refusal }
  const { obstacle } = operation
  const isHarmless = obstacle?.kind === 'changes' && harmless?.includes(reference) === true
  return isHarmless ? null : obstacle
}

function toLeftOut(
  operation: InspectedOperation,
  { referenceOf }: Inspection,
  reason: Reason,
): LeftOut {
  return { operation: referenceOf(operation), text: describeOperation(operation), ...reason }
}

function toTool(
  { namespace, action, operation }: NamedOperation,
  reference: string,
  isShared: (namespace: string, key: string) => boolean,
): ToolProposal {
  const { pageSize, quiet, items, columns, isDeprecated } = operation
  const isOwnSize = pageSize !== null && !isShared(namespace, pageSize.key)
  return {
    name: `${namespace}.${action}`,
    namespace,
    operation: reference,
    text: describeOperation(operation),
    isDeprecated,
    defaults: isOwnSize ? { [pageSize.key]: pageSize.value } : {},
    fixed: Object.fromEntries(quiet.off.map((key) => [key, false])),
    omit: quiet.omit,
    ...(items !== undefined && { items }),
    columns,
  }
}
