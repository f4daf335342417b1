import { enumOf, followPointer, isListShape, itemsOf, type Shape } from '../answer/answer.ts'
import type { OrganizationsEntry } from '../allow-list/allow-list-schema.ts'
import type { Bundle } from '../document/bundle.ts'
import type { OperationEntry } from '../document/document.ts'
import { buildLogin } from './login.ts'
import type { SessionModel, SessionsModel } from '../model.ts'
import { didYouMean } from '../nearest.ts'
import type { Selection } from '../allow-list/select.ts'
import { buildServiceLogin } from './service-login.ts'
import { checkPointers, checkRequest, type SessionContext } from './session-request.ts'
import { toOperationModel } from '../tool/tool.ts'

/** Resolves what the connector itself asks the upstream; `null` once something has been reported. */
export function buildSessions(selection: Selection, context: SessionContext): SessionsModel | null {
  const { allowList, bundle, findings } = context
  if (allowList.upstream.service !== null) {
    const login = buildServiceLogin(allowList.upstream.service, allowList, findings)
    return login && { login, profile: null, organizations: null }
  }
  const { profile: who, organizations: where } = allowList.upstream
  const login = buildLogin(selection, context)
  if (selection.profile === null || who === null) return null
  if (selection.organizations === null || where === null) return null

  const profileShape = checkRequest(selection.profile, ['profile'], context)
  const { id, email, name } = who
  checkPointers(profileShape, ['profile'], { id, email, name }, context)

  const listShape = checkRequest(selection.organizations, ['organizations'], context)
  checkPointers(listShape, ['organizations'], { items: where.items }, context)
  const list = listShape === null ? null : followPointer(bundle, listShape, where.items)
  const isList = list?.found === 'shape' && isListShape(list.shape)
  if (list?.found === 'shape' && !isList) {
    const place = allowList.place(['upstream', 'organizations', 'items'])
    findings.problem(place, `what the answer has at ${JSON.stringify(where.items)} is no list`)
  }
  const item = isList ? itemsOf(bundle, list.shape) : null
  const inItem = { id: where.id, name: where.name, role: where.role }
  checkPointers(item, ['organizations'], { ...inItem, ...givenOf(where) }, context)
  checkApprovers(item, where.role, where.approvers, context)
  if (login === null) return null
  return {
    login,
    profile: toSession(bundle, selection.profile, { id, email, name }),
    organizations: {
      ...toSession(bundle, selection.organizations, {
        ...{ items: where.items, ...inItem, plan: null, baseCurrency: null, timeZone: null },
        ...givenOf(where),
      }),
      approvers: where.approvers,
    },
  }
}

/** What an upstream need not tell of an organization. */
function givenOf({ plan, baseCurrency, timeZone }: OrganizationsEntry) {
  return {
    ...(plan !== undefined && { plan }),
    ...(baseCurrency !== undefined && { baseCurrency }),
    ...(timeZone !== undefined && { timeZone }),
  }
}

/** Where the document lists the roles, an approver must be one of them. */
function checkApprovers(
  item: Shape | null,
  role: string,
  approvers: readonly string[],
  { bundle, allowList, findings }: SessionContext,
): void {
  const step = item === null ? null : followPointer(bundle, item, role)
  const roles = step?.found === 'shape' ? enumOf(step.shape) : null
  if (roles === null) return
  for (const [index, approver] of approvers.entries()) {
    if (roles.includes(approver)) continue
    const place = allowList.place(['upstream', 'organizations', 'approvers', String(index)])
    const what = `there is no role ${JSON.stringify(approver)}`
    findings.problem(place, what, didYouMean(approver, roles.map(String)))
  }
}

function toSession(
  bundle: Bundle,
  operation: OperationEntry,
  pointers: SessionModel['pointers'],
): SessionModel {
  return { operation: toOperationModel(bundle, operation, []), pointers }
}
