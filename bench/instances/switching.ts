import { setTimeout as sleep } from 'node:timers/promises'
import type { Organization } from '../../test/support/callers.ts'
import type { Operator } from './operator.ts'

/** A switch reaches every instance within this time. */
const EFFECT_MS = 2_000
const RETRY_MS = 300

/** When an organization was off, in milliseconds since the epoch. */
export type OffTime = {
  /** The command to switch off was begun. */
  readonly begun: number
  /** The command had ended: two seconds later every instance knows. */
  readonly off: number
  /** The command to switch on was begun, and had ended. */
  on: number
  done: number
}

/** The switch of one organization, and what may be expected of calls meanwhile. */
export type Switching = {
  readonly times: readonly OffTime[]
  readonly turnOff: () => Promise<void>
  readonly turnOn: () => Promise<void>
  readonly mayBeOff: (organization: Organization, sentAt: number, endedAt: number) => boolean
  /** Every instance must refuse a call that is sent now. */
  readonly mustBeOff: (organization: Organization, sentAt: number, endedAt: number) => boolean
}

/** Makes the switch; it is an operator's command, repeated where the database is away. */
export function createSwitching(operator: Operator, target: Organization): Switching {
  const times: OffTime[] = []

  async function insist(command: string): Promise<void> {
    while ((await operator('orgs', command, target)).code !== 0) await sleep(RETRY_MS)
  }

  return {
    times,
    async turnOff() {
      const begun = Date.now()
      times.push({ begun, off: Infinity, on: Infinity, done: Infinity })
      await insist('disable')
      times.splice(-1, 1, { begun, off: Date.now(), on: Infinity, done: Infinity })
    },
    async turnOn() {
      const last = times.at(-1)
      if (last !== undefined) last.on = Date.now()
      await insist('enable')
      if (last !== undefined) last.done = Date.now()
    },
    mayBeOff: (organization, sentAt, endedAt) =>
      organization === target &&
      times.some(({ begun, done }) => endedAt >= begun && sentAt <= done + EFFECT_MS),
    mustBeOff: (organization, sentAt, endedAt) =>
      organization === target &&
      times.some(({ off, on }) => sentAt > off + EFFECT_MS && endedAt < on),
  }
}
