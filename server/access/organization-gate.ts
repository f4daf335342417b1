import { AppError } from '../errors.ts'
import type { Middleware } from '../http/context.ts'
import type { OrganizationStore } from '../store/organizations.ts'

/**
 * Lets only organizations pass that are let in and not switched off, and at an organization's own
 * host nobody else's members.
 */
export function organizationGate(organizations: OrganizationStore): Middleware {
  return async function organizationGate(ctx, next) {
    const { identity, realm } = ctx.state
    if (identity === null) throw new Error('a request without an identity')
    const { organization } = identity
    if (realm.label !== '') {
      const tenant = (await organizations.findByTenant(realm.label))?.id ?? realm.label
      if (tenant !== organization.id) {
        throw new AppError('organization_not_served', { detail: organization.id })
      }
    }
    if (organization.status === 'pending') throw new AppError('activation_pending')
    if (organization.status === 'disabled') throw new AppError('mcp_disabled')
    await next()
  }
}
