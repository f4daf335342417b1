import { AppError } from '../errors.ts'
import type { Middleware } from '../http/context.ts'
import type { OrganizationStore } from '../store/organizations.ts'
import { findTenantOrganization } from './tenant-organization.ts'

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
      const served = await findTenantOrganization(organizations, realm.label)
      if (served !== organization.id) {
        throw new AppError('organization_not_served', { detail: organization.id })
      }
    }
    if (organization.status === 'pending') throw new AppError('activation_pending')
    if (organization.status === 'disabled') throw new AppError('mcp_disabled')
    await next()
  }
}
