import { EVERYBODY, type SwitchedOff } from '../../../store/switches.ts'
import { namespaceOf } from '../../../switches/live-switchboard.ts'

/** Why a tool or a namespace is off for an organization; `null` is on. */
export type OffReason = 'operator' | 'namespace' | 'own' | null

/** Tells of each name whether it is off. */
export type ReadSwitches = (name: string) => OffReason

/**
 * Reads the switches for one organization. What the operator switched off for everybody goes before
 * what the organization did itself: only the operator can switch that on.
 */
export function toSwitches(
  switchedOff: readonly SwitchedOff[],
  organizationId: string,
): ReadSwitches {
  const namesOf = (id: string) =>
    new Set(switchedOff.filter((each) => each.organizationId === id).map(({ name }) => name))
  const [everybodys, own] = [namesOf(EVERYBODY), namesOf(organizationId)]
  return (name) => {
    const namespace = namespaceOf(name)
    if (everybodys.has(name) || everybodys.has(namespace)) return 'operator'
    if (namespace !== name && own.has(namespace)) return 'namespace'
    return own.has(name) ? 'own' : null
  }
}
