import { toUnderscored, chooseExample } from '../example-tools.ts'
import type { SiteFacts } from '../facts.ts'
import { toOrList, when } from '../wording.ts'

/** What the texts of several pages depend on; a list is empty where its variant does not apply. */
export type Variants = ReturnType<typeof toVariants>

/** Collects it. */
export function toVariants({ docs, deployment }: SiteFacts) {
  const { name, title } = docs.connector
  const { mcpUrl, signIn, sharedOrganization, apiCredentials, approvers } = deployment
  const example = chooseExample(docs).tool.name
  const isShared = sharedOrganization !== null
  return {
    name,
    connector: title,
    mcpUrl,
    consoles: deployment.console === null ? [] : [deployment.console],
    keyStart: deployment.apiKeyStart,
    dotted: example,
    underscored: toUnderscored(example),
    canSignIn: when(signIn.kind !== 'none', {}),
    keysOnly: when(signIn.kind === 'none', {}),
    memberAccess: when(!isShared, {}),
    sharedAccess: when(isShared, {}),
    apiCredentials: apiCredentials === null ? [] : [apiCredentials],
    needsActivation: when(deployment.activation === 'approval' && !isShared, {}),
    tenants: deployment.tenantMcpUrl === null ? [] : [{ address: deployment.tenantMcpUrl }],
    listed: when(!docs.searched, {}),
    searched: when(docs.searched, {}),
    isLocal: when(isLoopback(mcpUrl), {}),
    approvers: isShared ? 'everybody who may sign in' : `people with ${toRoles(approvers)}`,
  }
}

function toRoles(roles: readonly string[]): string {
  return `the role ${toOrList(roles)}`
}

/** Whether an address works on the reader's own computer only. */
function isLoopback(address: string): boolean {
  const { hostname } = new URL(address)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
