import { EVERYBODY, type SwitchState, type SwitchStore } from '../store/switches.ts'
import type { Switchboard } from './switchboard.ts'

/** A switchboard that can be brought up to date. */
export type LiveSwitchboard = Switchboard & {
  /** Reads the store; what was known stays in force where that fails. */
  readonly reload: () => Promise<void>
}

/** Reads what is switched off, and answers from memory from then on: no call waits for the store. */
export async function loadSwitchboard(store: Pick<SwitchStore, 'read'>): Promise<LiveSwitchboard> {
  let known = toIndex(await store.read())

  return {
    isInMaintenance: () => known.maintenance !== null,
    maintenanceMessage: () => known.maintenance?.message ?? null,
    isOff(organizationId, tool) {
      const namespace = namespaceOf(tool)
      return [EVERYBODY, organizationId].some((each) => {
        const names = known.offBy.get(each)
        return names !== undefined && (names.has(tool) || names.has(namespace))
      })
    },
    isUsual: (organizationId) =>
      !known.offBy.has(organizationId) && !known.textOrganizations.has(organizationId),
    rateLimitOf: (organizationId) => known.limits.get(organizationId) ?? null,
    hasTexts: (organizationId) => known.textOrganizations.has(organizationId),
    revision: () => known.revision,
    async reload() {
      known = toIndex(await store.read())
    },
  }
}

/** The namespace of `namespace.action`. */
export function namespaceOf(tool: string): string {
  return tool.split('.', 1)[0] ?? tool
}

function toIndex({ revision, maintenance, switchedOff, rateLimits, ...state }: SwitchState) {
  const byOrganization = Map.groupBy(switchedOff, ({ organizationId }) => organizationId)
  const offBy = new Map(
    Array.from(byOrganization, ([id, rows]) => [id, new Set(rows.map(({ name }) => name))]),
  )
  const limits = new Map(rateLimits.map(({ organizationId, limit }) => [organizationId, limit]))
  const textOrganizations = new Set(state.textOrganizations)
  return { revision, maintenance, offBy, limits, textOrganizations }
}
