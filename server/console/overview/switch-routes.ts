import { toQuotedName } from '../../pages/display-text.ts'
import type { Template } from '../../pages/compile-templates.ts'
import { CONSOLE } from '../addresses.ts'
import type { Answer } from '../answer.ts'
import { forApprovers, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'
import type { OrganizationVisit } from '../visit.ts'
import { toSwitchView } from './switch-view.ts'

/** Where the organization's own switch is turned. */
export const SWITCH = '/console/switch'

/** Switches everything off or on for one organization, as far as that is its own to decide. */
export function switchRoutes(
  { store, announce }: Pick<ConsoleServices, 'store' | 'announce'>,
  confirmation: Template,
): readonly ConsoleRoute[] {
  async function turn(visit: OrganizationVisit, status: 'active' | 'disabled'): Promise<Answer> {
    const { organization, record } = visit
    const { id } = organization
    const changed = await store.organizations.setStatus(id, status, 'organization')
    if (changed?.isChanged === true) {
      const subject = `organization:${id}`
      record({ type: 'organization.changed', outcome: 'success', subject, reason: status })
      await announce()
    }
    const name = toQuotedName(organization.name)
    if (changed?.refusal === 'switched_off_by_operator') return toHome(refusedNotice(name))
    return toHome(status === 'active' ? onNotice(name) : offNotice(name))
  }

  return [
    forApprovers('GET', SWITCH, 'overview', ({ known }) => {
      if (known.status !== 'active') return Promise.resolve(toHome(null))
      return Promise.resolve({
        kind: 'page',
        template: confirmation,
        heading: 'Switch AI access off?',
        context: { switchAddress: SWITCH, state: toSwitchView(known).state },
      })
    }),

    forApprovers('POST', SWITCH, 'overview', (visit) =>
      turn(visit, visit.form.get('to') === 'on' ? 'active' : 'disabled'),
    ),
  ]
}

function toHome(notice: string | null): Answer {
  return { kind: 'go', to: CONSOLE.home, notice }
}

function offNotice(name: string): string {
  return `AI access is off for ${name}: every call is refused from now on. Nothing was deleted.`
}

function onNotice(name: string): string {
  return `AI access is on for ${name}: clients that were connected work again.`
}

function refusedNotice(name: string): string {
  return `Nothing was changed: the operator of this service switched ${name} off, and only they can switch it on again.`
}
