/** Over all organizations, on one instance. */
const MAX_IN_ALL = 4

/** Work that reads a whole record: one at a time for each organization, and four in all. */
export interface Turns {
  /** @returns what gives the turn back; `null` where somebody else has it */
  take(organizationId: string): (() => void) | null
}

/** Makes the turns of this instance. */
export function createTurns(): Turns {
  const taken = new Set<string>()
  return {
    take(organizationId) {
      if (taken.has(organizationId) || taken.size >= MAX_IN_ALL) return null
      taken.add(organizationId)
      return () => void taken.delete(organizationId)
    },
  }
}
