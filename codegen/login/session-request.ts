import type { AllowList } from '../allow-list/allow-list.ts'
import { findAnswer, followPointer, type Shape } from '../answer/answer.ts'
import type { Bundle } from '../document/bundle.ts'
import type { OperationEntry } from '../document/document.ts'
import { parsePointer, type Path } from '../json-pointer.ts'
import { didYouMean } from '../nearest.ts'
import type { Findings } from '../problem.ts'
import type { PartsOf } from '../request/request-parts.ts'

/** What the requests of a session are checked against, and where what is wrong is reported. */
export type SessionContext = {
  readonly bundle: Bundle
  readonly allowList: AllowList
  readonly findings: Findings
  readonly partsOf: PartsOf
}

/**
 * Checks that an operation can be sent without arguments, and finds the shape of its answer.
 *
 * @param path of the entry below `upstream:`
 * @returns `null` where there is no JSON answer, which has been reported
 */
export function checkRequest(
  operation: OperationEntry,
  path: Path,
  { bundle, allowList, findings, partsOf }: SessionContext,
): Shape | null {
  const place = allowList.place(['upstream', ...path, 'operation'])
  for (const { name, required } of partsOf(operation).parameters) {
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

/**
 * Checks that every pointer of an entry leads somewhere.
 *
 * @param path of the entry below `upstream:`
 * @param pointers by their key in the entry
 * @param holder what they lead into, for the report
 */
export function checkPointers(
  shape: Shape | null,
  path: Path,
  pointers: Readonly<Record<string, string>>,
  { bundle, allowList, findings }: SessionContext,
  holder = 'the answer',
): void {
  if (shape === null) return
  for (const [name, pointer] of Object.entries(pointers)) {
    const step = followPointer(bundle, shape, pointer)
    if (step.found !== 'nothing') continue
    const last = parsePointer(pointer).at(-1) ?? ''
    const what = `${holder} has nothing at ${JSON.stringify(pointer)}`
    findings.problem(
      allowList.place(['upstream', ...path, name]),
      what,
      didYouMean(last, step.known),
    )
  }
}
