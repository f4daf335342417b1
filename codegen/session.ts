import type { AllowList } from './allow-list.ts'
import {
  enumOf,
  findAnswer,
  findBody,
  followPointer,
  isListShape,
  itemsOf,
  requiredOf,
  type Shape,
} from './answer.ts'
import type { Bundle } from './bundle.ts'
import type { OperationEntry } from './document.ts'
import { parsePointer, type Path } from './json-pointer.ts'
import type { ConnectorModel, LoginModel, SessionModel } from './model.ts'
import { didYouMean } from './nearest.ts'
import type { RawParameter } from './parameters.ts'
import type { Findings } from './problem.ts'
import type { Selection } from './select.ts'
import { toOperationModel } from './tool.ts'

type Context = {
  readonly bundle: Bundle
  readonly allowList: AllowList
  readonly findings: Findings
  readonly parametersOf: (operation: OperationEntry) => readonly RawParameter[]
}

type Sessions = Pick<ConnectorModel['upstream'], 'login' | 'profile' | 'organizations'>

/** Resolves what the connector itself asks the upstream; `null` once something has been reported. */
export function buildSessions(selection: Selection, context: Context): Sessions | null {
  const { allowList, bundle, findings } = context
  const { profile: who, organizations: where } = allowList.upstream
  const login = buildLogin(selection, context)
  if (selection.profile === null || who === null) return null
  if (selection.organizations === null || where === null) return null

  const profileShape = checkRequest(selection.profile, 'profile', context)
  const { id, email, name } = who
  checkPointers(profileShape, 'profile', { id, email, name }, context)

  const listShape = checkRequest(selection.organizations, 'organizations', context)
  checkPointers(listShape, 'organizations', { items: where.items }, context)
  const list = listShape === null ? null : followPointer(bundle, listShape, where.items)
  const isList = list?.found === 'shape' && isListShape(list.shape)
  if (list?.found === 'shape' && !isList) {
    const place = allowList.place(['upstream', 'organizations', 'items'])
    findings.problem(place, `what the answer has at ${JSON.stringify(where.items)} is no list`)
  }
  const item = isList ? itemsOf(bundle, list.shape) : null
  const inItem = { id: where.id, name: where.name, role: where.role }
  checkPointers(item, 'organizations', inItem, context)
  checkApprovers(item, where.role, where.approvers, context)
  if (login === null) return null
  return {
    login,
    profile: toSession(selection.profile, { id, email, name }),
    organizations: {
      ...toSession(selection.organizations, { items: where.items, ...inItem }),
      approvers: where.approvers,
    },
  }
}

function buildLogin({ login: operation }: Selection, context: Context): LoginModel | null {
  const { allowList, bundle, findings } = context
  const { login: entry, apiCredentials } = allowList.upstream
  if (entry === null) return null
  if (entry.kind === 'api-credentials') {
    if (apiCredentials === null) {
      const what = 'needs the header names under "upstream: apiCredentials"'
      findings.problem(allowList.place(['upstream', 'login', 'kind']), what)
    }
    return { kind: 'api-credentials' }
  }
  if (operation === null) return null
  const answer = checkRequest(operation, 'login', context)
  checkPointers(answer, 'login', { token: entry.token }, context)
  const body = findBody(bundle, operation)
  if (operation.method !== 'POST' || body === null) {
    const what = 'a password login is a POST with a JSON body that the document describes'
    findings.problem(allowList.place(['upstream', 'login', 'operation']), what)
    return null
  }
  const { username, password, token } = entry
  checkPointers(body, 'login', { username, password }, context, 'the body')
  const given = [username, password].map((pointer) => parsePointer(pointer)[0] ?? '')
  const missing = [...new Set(requiredOf(body))].filter((name) => !given.includes(name))
  if (missing.length > 0) {
    const what = `its body also needs ${missing.join(', ')}, which a login cannot give`
    findings.problem(allowList.place(['upstream', 'login', 'operation']), what)
  }
  return {
    kind: 'password',
    operation: toOperationModel(operation, []),
    username: parsePointer(username),
    password: parsePointer(password),
    token,
  }
}

/** A session's request is sent without arguments, so it must not need any. */
function checkRequest(
  operation: OperationEntry,
  key: 'login' | 'profile' | 'organizations',
  { bundle, allowList, findings, parametersOf }: Context,
): Shape | null {
  const place = allowList.place(['upstream', key, 'operation'])
  for (const { name, required } of parametersOf(operation)) {
    if (!required) continue
    const what = `the operation needs the parameter ${JSON.stringify(name)}, which a session cannot give`
    findings.problem(place, what)
  }
  const shape = findAnswer(bundle, operation)
  if (shape === null) {
    findings.problem(place, 'the operation describes no JSON answer to take the values from')
  }
  return shape
}

function checkPointers(
  shape: Shape | null,
  key: 'login' | 'profile' | 'organizations',
  pointers: Readonly<Record<string, string>>,
  { bundle, allowList, findings }: Context,
  holder = 'the answer',
): void {
  if (shape === null) return
  for (const [name, pointer] of Object.entries(pointers)) {
    const step = followPointer(bundle, shape, pointer)
    if (step.found !== 'nothing') continue
    const path: Path = ['upstream', key, name]
    const last = parsePointer(pointer).at(-1) ?? ''
    const what = `${holder} has nothing at ${JSON.stringify(pointer)}`
    findings.problem(allowList.place(path), what, didYouMean(last, step.known))
  }
}

/** Where the document lists the roles, an approver must be one of them. */
function checkApprovers(
  item: Shape | null,
  role: string,
  approvers: readonly string[],
  { bundle, allowList, findings }: Context,
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

function toSession(operation: OperationEntry, pointers: SessionModel['pointers']): SessionModel {
  return { operation: toOperationModel(operation, []), pointers }
}
