import type { Realm } from '../realm.ts'
import type { MemberOrganization } from '../sign-in/members.ts'
import type { OrganizationStore } from '../store/organizations.ts'
import { findTenantOrganization } from './tenant-organization.ts'

/** Those of a member's organizations that a host serves: all at the connector's own, one at a tenant's. */
export async function findServedOrganizations(
  organizations: OrganizationStore,
  { label }: Realm,
  mine: readonly MemberOrganization[],
): Promise<readonly MemberOrganization[]> {
  if (label === '') return mine
  const served = await findTenantOrganization(organizations, label)
  return mine.filter(({ id }) => id === served)
}
