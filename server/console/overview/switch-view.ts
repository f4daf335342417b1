import { toDisplayText } from '../../pages/display-text.ts'
import type { Organization } from '../../store/organizations.ts'
import { toMoment, type Moment } from '../moment.ts'

/** The organization's switch as it stands; each way it can stand has a template of its own. */
export type SwitchView = {
  readonly switchPartial: 'switch-on' | 'switch-off' | 'switch-off-by-operator'
  readonly state: { readonly organization: string; readonly since: Moment }
}

/** Says who may turn it, and since when it stands so. */
export function toSwitchView({ name, status, switchedOffBy, changedAt }: Organization): SwitchView {
  const state = { organization: toDisplayText(name), since: toMoment(changedAt) }
  if (status === 'active') return { switchPartial: 'switch-on', state }
  const isOwn = switchedOffBy === 'organization'
  return { switchPartial: isOwn ? 'switch-off' : 'switch-off-by-operator', state }
}
