import { CONTEXT_NAMES, type IntentEntry } from '../../server/intents/contract.ts'
import type { AllowList } from '../allow-list/allow-list.ts'
import type { Bundle } from '../document/bundle.ts'
import { isPointer, parsePointer, type Path } from '../json-pointer.ts'
import { didYouMean } from '../nearest.ts'
import type { Findings } from '../problem.ts'
import { follow, toRecord, type Target } from './target.ts'

/** What an intent is checked with. */
export type IntentContext = {
  readonly bundle: Bundle
  readonly allowList: AllowList
  readonly findings: Findings
}

/** The check of one intent, as it goes on. */
export type IntentCheck = IntentContext & {
  readonly name: string
  readonly entry: IntentEntry
  /** Where the intent stands in the allow-list. */
  readonly path: Path
  /** What was used so far, as `/arguments/NAME` and `/steps/NAME`. */
  readonly used: Set<string>
  /** Reports something about a place below the intent. */
  readonly report: (below: Path, what: string, hint?: string | null, on?: 'key' | 'value') => void
}

/** Begins the check of an intent. */
export function beginCheck(
  name: string,
  entry: IntentEntry,
  { bundle, allowList, findings }: IntentContext,
): IntentCheck {
  const path = ['intents', name]
  return {
    ...{ bundle, allowList, findings, name, entry, path },
    used: new Set(),
    report: (below, what, hint = null, on = 'value') =>
      findings.problem(allowList.place([...path, ...below], on), what, hint),
  }
}

/** What the pointers of an intent lead into, before any step. */
export function toScope({ arguments: own }: Pick<IntentEntry, 'arguments'>): Scope {
  return {
    arguments: toRecord(
      Object.entries(own).map(([name, { type }]) => [
        name,
        { kind: 'scalar', types: [type === 'date' ? 'string' : type] },
      ]),
    ),
    context: toRecord(CONTEXT_NAMES.map((name) => [name, { kind: 'scalar', types: ['string'] }])),
    steps: new Map(),
  }
}

/** What the pointers of an intent lead into; the steps grow. */
export type Scope = {
  readonly arguments: Target
  readonly context: Target
  readonly steps: ReadonlyMap<string, Target>
  /** Of a step with `forEach`. */
  readonly item?: Target
}

/**
 * Follows a pointer into the scope, notes what it uses, and reports one that leads nowhere.
 *
 * @returns `null` where it leads nowhere
 */
export function resolvePointer(
  check: IntentCheck,
  scope: Scope,
  pointer: string,
  below: Path,
): Target | null {
  const root = toRecord([
    ['arguments', scope.arguments],
    ['context', scope.context],
    ['steps', toRecord(scope.steps)],
    ...(scope.item === undefined ? [] : [['item', scope.item] as const]),
  ])
  if (!isPointer(pointer) || pointer === '') {
    check.report(
      below,
      `${JSON.stringify(pointer)} is no pointer`,
      'write it as "/arguments/since"',
    )
    return null
  }
  const path = parsePointer(pointer)
  const [kind = '', name = ''] = path
  const found = follow(check.bundle, root, path)
  if (found.target !== null) {
    check.used.add(`/${kind}/${name}`)
    return found.target
  }
  const later = check.entry.steps.some((step) => step.name === name) && kind === 'steps'
  const isLater = later && found.step === name
  // Whoever misspells a member has used what it is a member of.
  if (found.step !== name || path.length > 2) check.used.add(`/${kind}/${name}`)
  check.report(
    below,
    `${JSON.stringify(pointer)} leads nowhere: there is no ${JSON.stringify(found.step)}`,
    isLater ? 'only earlier steps have an answer' : suggest(found.step, found.known),
  )
  return null
}

/** Says what was probably meant, or what there is. */
export function suggest(word: string, known: readonly string[]): string | null {
  const all = known.length === 0 ? null : `there are ${known.join(', ')}`
  return didYouMean(word, known) ?? all
}
