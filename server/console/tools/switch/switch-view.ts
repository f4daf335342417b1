import { toToolPath } from '../addresses.ts'
import type { OffReason } from './switch-state.ts'

/** A switch as pages show it: where it stands, why, and how it is turned; each list is empty or has one. */
export type SwitchView = {
  readonly badge: { readonly text: string; readonly tone: 'good' | 'bad' }
  readonly reasons: readonly string[]
  /** Leads to the question whether it is to be turned off. */
  readonly offLinks: readonly { readonly href: string; readonly name: string }[]
  /** Turns it on. */
  readonly onForms: readonly { readonly action: string; readonly name: string }[]
}

/** @param name of the tool or namespace */
export function toSwitchView(name: string, reason: OffReason): SwitchView {
  const isOn = reason === null
  return {
    badge: isOn ? { text: 'On', tone: 'good' } : { text: 'Off', tone: 'bad' },
    reasons: reason === null ? [] : REASONS[reason],
    offLinks: isOn ? [{ href: toToolPath('off', name), name }] : [],
    onForms: reason === 'own' ? [{ action: toToolPath('on', name), name }] : [],
  }
}

const REASONS: Readonly<Record<Exclude<OffReason, null>, readonly string[]>> = {
  operator: [
    'The operator of this service switched it off for everybody; only they can switch it on.',
  ],
  namespace: ['Its group is off as a whole.'],
  own: [],
}
