import { toUnderscored, chooseExample } from '../example-tools.ts'
import type { SiteFacts } from '../facts.ts'
import { toOrList, when } from '../wording.ts'

/** What the texts of several pages depend on; a list is empty where its variant does not apply. */
export type CommonView = ReturnType<typeof toCommonView>

/** Collects it. */
export function toCommonView({ docs, deployment }: SiteFacts) {
  const { name, title } = docs.connector
  const { origin, mcpUrl, signIn, sharedOrganization, apiCredentials, approvers } = deployment
  const example = chooseExample(docs).tool.name
  const isShared = sharedOrganization !== null
  return {
    name,
    connector: title,
    mcpUrl,
    consoleUrl: `${origin}/console`,
    accountUrl: `${origin}/account`,
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
    isLocal: when(isLoopback(mcpUrl), {}),
    approvers: approvers.length === 0 ? 'anybody who may sign in' : toApprovers(approvers),
  }
}

function toApprovers(roles: readonly string[]): string {
  return `somebody with the role ${toOrList(roles)}`
}

/** Whether an address works on the reader's own computer only. */
function isLoopback(address: string): boolean {
  const { hostname } = new URL(address)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
