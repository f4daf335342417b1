import type { AllowList } from './allow-list.ts'
import type { ToolEntry } from './allow-list-schema.ts'
import type { OperationEntry } from '../document/document.ts'
import { byCodeUnit } from '../json.ts'
import type { Path } from '../json-pointer.ts'
import { collisionKey, isNamespaceName, parseToolName, type ToolName } from '../tool/names.ts'
import { findReserved } from '../tool/reserved-names.ts'
import { didYouMean } from '../nearest.ts'
import type { Findings } from '../problem.ts'
import { toList } from '../tool/texts.ts'

/** A tool of the allow-list with the operation it names. */
export type SelectedTool = {
  readonly name: string
  readonly parts: ToolName
  readonly entry: ToolEntry
  readonly operation: OperationEntry
}

/** What the allow-list names of the document: nothing else exists from here on. */
export type Selection = {
  /** In name order. */
  readonly tools: readonly SelectedTool[]
  readonly login: OperationEntry | null
  readonly refresh: OperationEntry | null
  readonly profile: OperationEntry | null
  readonly organizations: OperationEntry | null
  /** Every operation above, once. */
  readonly operations: readonly OperationEntry[]
}

const READING_METHODS = ['GET', 'HEAD']
/** A POST reads where the allow-list says in words why it changes nothing. */
const METHODS_WITH_REASON = [...READING_METHODS, 'POST']
/** That a GET carries no password is said where its body is looked for. */
const SIGN_IN_METHODS = ['GET', 'POST']

/** Finds the operations that the allow-list names, and checks the names it gives them. */
export function selectOperations(
  operations: readonly OperationEntry[],
  allowList: AllowList,
  findings: Findings,
): Selection {
  checkNames(allowList, findings)
  const find = (reference: string, path: Path, methods: readonly string[]) =>
    findOperation({ operations, reference, path, methods, allowList, findings })
  const tools = [...allowList.tools]
    .sort(([left], [right]) => byCodeUnit(left, right))
    .flatMap(([name, entry]): SelectedTool[] => {
      const parts = parseToolName(name)
      const methods = entry.readOnly === undefined ? READING_METHODS : METHODS_WITH_REASON
      const operation = find(entry.operation, ['tools', name, 'operation'], methods)
      if (operation !== null) checkReason(name, entry, operation, allowList, findings)
      return parts === null || operation === null ? [] : [{ name, parts, entry, operation }]
    })
  const sessions = selectSessions(allowList, find)
  const named = [...tools.map(({ operation }) => operation), ...Object.values(sessions)]
  return {
    tools,
    ...sessions,
    operations: [...new Set(named.filter((operation) => operation !== null))],
  }
}

function checkReason(
  name: string,
  { readOnly }: ToolEntry,
  { method }: OperationEntry,
  { place }: AllowList,
  findings: Findings,
): void {
  if (readOnly === undefined || method === 'POST') return
  const what = `a ${method} needs no reason: it reads by itself`
  findings.problem(place(['tools', name, 'readOnly'], 'key'), what, 'remove "readOnly"')
}

/** How an operation is shown, and can be named: `GET /invoices`. */
export function toReference({ method, path }: Pick<OperationEntry, 'method' | 'path'>): string {
  return `${method} ${path}`
}

type Find = (reference: string, path: Path, methods: readonly string[]) => OperationEntry | null

/** What the connector itself asks the upstream. */
function selectSessions({ upstream }: AllowList, find: Find) {
  const session = (
    key: 'login' | 'refresh' | 'profile' | 'organizations',
    path: Path,
    methods: readonly string[],
  ) => {
    const entry = upstream[key]
    if (entry === null || !('operation' in entry)) return null
    return find(entry.operation, ['upstream', ...path, 'operation'], methods)
  }
  return {
    login: session('login', ['login'], SIGN_IN_METHODS),
    refresh: session('refresh', ['login', 'refresh'], SIGN_IN_METHODS),
    profile: session('profile', ['profile'], READING_METHODS),
    organizations: session('organizations', ['organizations'], READING_METHODS),
  }
}

type Wanted = {
  readonly operations: readonly OperationEntry[]
  readonly reference: string
  readonly path: Path
  readonly methods: readonly string[]
  readonly allowList: AllowList
  readonly findings: Findings
}

function findOperation(wanted: Wanted): OperationEntry | null {
  const { operations, reference, path, methods, allowList, findings } = wanted
  const place = allowList.place(path)
  const isPath = /^[A-Za-z]+ +\//.test(reference)
  const matches = operations.filter((operation) =>
    isPath
      ? toReference(operation) === reference.replace(/ +/, ' ')
      : operation.operationId === reference,
  )
  const [match, ...others] = matches
  if (match === undefined) {
    const candidates = operations.flatMap((operation) =>
      isPath ? toReference(operation) : (operation.operationId ?? []),
    )
    const what = isPath ? 'no operation is' : 'no operation has the operationId'
    const hint = didYouMean(reference, candidates) ?? hintAtMethodlessPath(reference)
    findings.problem(place, `${what} ${JSON.stringify(reference)}`, hint)
    return null
  }
  if (others.length > 0) {
    const hint = `name one of them by its path: ${matches.map(toReference).join(', ')}`
    findings.problem(place, `${JSON.stringify(reference)} is several operations`, hint)
    return null
  }
  if (!methods.includes(match.method)) {
    const what = `${JSON.stringify(reference)} is ${isPath ? 'a' : toReference(match) + ', a'} ${match.method}`
    findings.problem(
      place,
      `${what}; only ${toList(methods)} are allowed here`,
      hintAtReason(match, path),
    )
    return null
  }
  return match
}

function hintAtReason({ method }: OperationEntry, [section]: Path): string | null {
  if (method !== 'POST' || section !== 'tools') return null
  return 'if it only searches, say under "readOnly" why it changes nothing'
}

function hintAtMethodlessPath(reference: string): string | null {
  return reference.startsWith('/') ? `write it as ${JSON.stringify(`GET ${reference}`)}` : null
}

function checkNames({ toolNames, namespaces, place }: AllowList, findings: Findings): void {
  const seen = new Map<string, string>()
  const used = new Set<string>()
  for (const name of namespaces.keys()) {
    const at = place(['namespaces', name], 'key')
    if (!isNamespaceName(name)) {
      findings.problem(at, 'a namespace is one camelCase word, for example "bankAccounts"')
    }
    checkCollision(name, seen, (what) => findings.problem(at, what))
  }
  seen.clear()
  for (const name of toolNames) {
    const at = place(['tools', name], 'key')
    const namespace = name.split('.', 1)[0] ?? ''
    used.add(namespace)
    if (parseToolName(name) === null) {
      const what = 'a tool is named namespace.action, two camelCase words, 64 characters at most'
      findings.problem(at, what)
    } else if (!namespaces.has(namespace)) {
      const what = `there is no namespace ${JSON.stringify(namespace)}`
      findings.problem(at, what, didYouMean(namespace, namespaces.keys()))
    }
    checkCollision(name, seen, (what) => findings.problem(at, what))
    const reserved = findReserved(name)
    if (reserved !== null) {
      const what = `is the name of ${JSON.stringify(reserved)}, a tool that every connector may have`
      findings.problem(at, what, 'give it another action or namespace')
    }
  }
  for (const name of namespaces.keys()) {
    if (!used.has(name)) findings.problem(place(['namespaces', name], 'key'), 'no tool is in it')
  }
}

function checkCollision(
  name: string,
  seen: Map<string, string>,
  report: (what: string) => void,
): void {
  const other = seen.get(collisionKey(name))
  if (other !== undefined) {
    report(
      `collides with ${JSON.stringify(other)}: clients may write both ${JSON.stringify(collisionKey(name))}`,
    )
  }
  seen.set(collisionKey(name), name)
}
