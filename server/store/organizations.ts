/** `pending` waits for the operator's activation; `disabled` was switched off. */
export type OrganizationStatus = 'pending' | 'active' | 'disabled'

/** One tenant of the upstream, as the connector knows it. Times are epoch milliseconds. */
export type Organization = {
  readonly id: string
  readonly name: string
  /** Its label in `TENANT_HOSTS`; `null` where its id is the label. */
  readonly tenant: string | null
  readonly status: OrganizationStatus
  readonly createdAt: number
  readonly changedAt: number
}

export interface OrganizationStore {
  /** Inserts it with `status` if it is new; otherwise only its name is brought up to date. */
  see(id: string, name: string, status: OrganizationStatus): Promise<Organization>
  find(id: string): Promise<Organization | null>
  findByTenant(tenant: string): Promise<Organization | null>
  /** In name order. */
  list(): Promise<readonly Organization[]>
  /** `null` if it is unknown. */
  setStatus(id: string, status: OrganizationStatus): Promise<Organization | null>
  /** `null` if it is unknown. @throws {StoreError} `tenant_taken` */
  setTenant(id: string, tenant: string | null): Promise<Organization | null>
}
