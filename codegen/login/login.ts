import { findBody, requiredOf, type Shape } from '../answer/answer.ts'
import type { LoginEntry, RefreshEntry } from '../allow-list/allow-list-schema.ts'
import type { OperationEntry } from '../document/document.ts'
import { parsePointer, type Path } from '../json-pointer.ts'
import type { LoginModel, RefreshModel } from '../model.ts'
import type { Selection } from '../allow-list/select.ts'
import { checkPointers, checkRequest, type SessionContext } from './session-request.ts'
import { toOperationModel } from '../tool/tool.ts'

/** Resolves how a member signs in; `null` once something has been reported. */
export function buildLogin(selection: Selection, context: SessionContext): LoginModel | null {
  const { allowList, findings } = context
  const { login: entry, apiCredentials } = allowList.upstream
  if (entry === null || entry.kind === 'service') return null
  if (entry.kind === 'password') return buildPasswordLogin(entry, selection, context)
  if (entry.kind === 'oidc') return { ...entry, resource: entry.resource ?? null }
  if (apiCredentials === null) {
    const what = 'needs the header names under "upstream: apiCredentials"'
    findings.problem(allowList.place(['upstream', 'login', 'kind']), what)
  }
  return { kind: 'api-credentials' }
}

function buildPasswordLogin(
  { username, password, token }: Extract<LoginEntry, { kind: 'password' }>,
  selection: Selection,
  context: SessionContext,
): LoginModel | null {
  const { login: operation, refresh } = selection
  const { refresh: refreshEntry } = context.allowList.upstream
  if (operation === null) return null
  const answer = checkRequest(operation, ['login'], context)
  checkPointers(answer, ['login'], { token }, context)
  const renewal =
    refresh === null || refreshEntry === null
      ? null
      : buildRefresh(refreshEntry, refresh, answer, context)
  const isComplete = checkBody(operation, ['login'], { username, password }, context)
  if (!isComplete) return null
  return {
    kind: 'password',
    operation: { ...toOperationModel(context.bundle, operation, []), body: 'application/json' },
    username: parsePointer(username),
    password: parsePointer(password),
    token,
    refresh: renewal,
  }
}

function buildRefresh(
  { refreshToken, body, token }: RefreshEntry,
  operation: OperationEntry,
  loginAnswer: Shape | null,
  context: SessionContext,
): RefreshModel {
  const path = ['login', 'refresh']
  const answer = checkRequest(operation, path, context)
  checkPointers(answer, path, { token, refreshToken }, context)
  checkPointers(loginAnswer, path, { refreshToken }, context, 'the answer of the login')
  checkBody(operation, path, { body }, context)
  return {
    operation: { ...toOperationModel(context.bundle, operation, []), body: 'application/json' },
    body: parsePointer(body),
    token,
    refreshToken,
  }
}

/** Checks that a request can be made of the values that there are, by their pointers into its body. */
function checkBody(
  operation: OperationEntry,
  path: Path,
  pointers: Readonly<Record<string, string>>,
  context: SessionContext,
): boolean {
  const { allowList, bundle, findings } = context
  const place = allowList.place(['upstream', ...path, 'operation'])
  const name = path.length === 1 ? 'a password login' : 'a renewal'
  const body = findBody(bundle, operation)
  if (operation.method !== 'POST' || body === null) {
    const what = `${name} is a POST with a JSON body that the document describes`
    findings.problem(place, what)
    return false
  }
  checkPointers(body, path, pointers, context, 'the body')
  const given = Object.values(pointers).map((pointer) => parsePointer(pointer)[0] ?? '')
  const missing = [...new Set(requiredOf(body))].filter((each) => !given.includes(each))
  if (missing.length > 0) {
    const what = `its body also needs ${missing.join(', ')}, which ${name} cannot give`
    findings.problem(place, what)
  }
  return true
}
