import { z } from 'zod'
import { intentSchema } from '../../server/intents/contract.ts'
import { isPointer } from '../json-pointer.ts'
import { isIssuer, isOrigin, isSafeUrl } from '../safe-url.ts'

const LOGIN_KINDS = ['password', 'oidc', 'api-credentials', 'service'] as const

const text = z.string().trim().min(1)
const pointer = z.string().refine(isPointer, 'must be a JSON Pointer such as "/data"')
const headerName = z.string().regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header')
const values = z.record(z.string(), z.json())
const scope = z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, 'must be one scope, without spaces')
/** RFC 9110, section 5.6.2; what a name of a cookie may hold, too (RFC 6265, section 4.1.1). */
const token = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be one word')
const issuer = z.string().refine(isIssuer, 'must be an https URL without query and fragment')
const oidcScopes = z
  .array(scope)
  .refine((scopes) => scopes.includes('openid'), 'must hold "openid"')
  .default(['openid', 'profile', 'email', 'offline_access'])
const origins = z.array(
  z.string().refine(isOrigin, 'must be an https origin such as "https://files.example.com"'),
)
const notForService = z
  .json()
  .refine(() => false, 'is not used with "kind: service"')
  .optional()

/** `connector:`. */
export const connectorSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and "-"'),
  title: text,
  instructions: text.optional(),
  /** Whether results carry their JSON as `structuredContent`, too; off by default. */
  structuredContent: z.boolean().optional(),
  /** How tools are offered: all in one list, found by a search, or whichever costs a client less. */
  catalogue: z.enum(['full', 'search', 'auto']).default('auto'),
  /** How large a tool's definition may be in `tools/list`, in bytes. */
  maxToolBytes: z.int().min(2_048).max(65_536).default(8_192),
})
/** `upstream:`; its parts are read one by one with the schemas below. */
export const upstreamSchema = z.strictObject({
  organizationHeader: headerName.optional(),
  servers: origins.optional(),
  login: z.json(),
  profile: z.json(),
  organizations: z.json(),
  apiCredentials: z.json().optional(),
})
/** The same where one credential speaks for everybody: nobody is asked who they are. */
export const serviceUpstreamSchema = z.strictObject({
  organizationHeader: headerName.optional(),
  servers: origins.optional(),
  login: z.json(),
  profile: notForService,
  organizations: notForService,
  apiCredentials: notForService,
})
/** `upstream.login` with a user name and a password; the pointers lead into the request and the answer. */
export const passwordLoginSchema = z.strictObject({
  kind: z.literal('password'),
  operation: text,
  username: pointer,
  password: pointer,
  token: pointer,
  refresh: z.json().optional(),
})
/** `upstream.login.refresh`: `body` leads into the request, the others into the answer. */
export const refreshSchema = z.strictObject({
  operation: text,
  refreshToken: pointer,
  body: pointer,
  token: pointer,
})
/** `upstream.login` at the identity provider of the upstream's vendor. */
export const oidcLoginSchema = z.strictObject({
  kind: z.literal('oidc'),
  issuer,
  scopes: oidcScopes,
  resource: z.string().refine(isSafeUrl, 'must be an https URL without fragment').optional(),
})
/** `upstream.login` with API credentials only. */
export const credentialsLoginSchema = z.strictObject({ kind: z.literal('api-credentials') })
/** `upstream.login` with one fixed credential and one organization; its parts are read one by one. */
export const serviceLoginSchema = z.strictObject({
  kind: z.literal('service'),
  organization: z.json(),
  credential: z.json().optional(),
  access: z.json().optional(),
})
/** `upstream.login.organization`; the id can be a label of `TENANT_HOSTS`. */
export const serviceOrganizationSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'must be lower-case letters, digits and "-"'),
  name: text,
})
/** `upstream.login.credential`: the one place that the credential is sent in. */
export const serviceCredentialSchema = z.strictObject({
  header: headerName.optional(),
  scheme: token.optional(),
  query: text.optional(),
  cookie: token.optional(),
})
/** `upstream.login.access`: where people sign in, and which of them are let in. */
export const serviceAccessSchema = z.strictObject({
  issuer,
  scopes: oidcScopes,
  domain: z
    .string()
    .regex(
      /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
      'must be a domain such as acme.example',
    )
    .optional(),
  claim: z.strictObject({ name: text, values: z.array(text).min(1) }).optional(),
})
/** What every login has: the kind that decides the rest. */
export const loginKindSchema = z.looseObject({ kind: z.enum(LOGIN_KINDS) })
/** `upstream.profile`: pointers into its answer. */
export const profileSchema = z.strictObject({
  operation: text,
  id: pointer,
  email: pointer,
  name: pointer,
})
/** `upstream.organizations`: a pointer to the list, the others into its items. */
export const organizationsSchema = z.strictObject({
  operation: text,
  items: pointer,
  id: pointer,
  name: pointer,
  role: pointer,
  plan: pointer.optional(),
  baseCurrency: pointer.optional(),
  timeZone: pointer.optional(),
  approvers: z.array(text).min(1),
})
/** `upstream.apiCredentials`: header names. */
export const apiCredentialsSchema = z.strictObject({
  key: headerName,
  secret: headerName,
  email: headerName,
})
/** One of `namespaces:`. */
export const namespaceSchema = z.strictObject({
  title: text,
  description: text,
  defaults: values.optional(),
  research: z.json().optional(),
})
/** `namespaces.NAME.research`: what `search` and `fetch` do in it. */
export const researchSchema = z.strictObject({
  search: text,
  /** The argument that takes the words. */
  query: text.default('q'),
  fetch: text,
  id: pointer.default('/id'),
  title: text,
  url: text.optional(),
})
/** `resources:`. */
export const resourcesSchema = z.strictObject({ allowPrefixes: z.array(text).min(1) })
/** One of `prompts:`. */
export const promptSchema = z.strictObject({
  title: text,
  description: text,
  arguments: z
    .record(
      z.string().regex(/^[a-z][a-zA-Z0-9_]{0,39}$/, 'must be one word'),
      z.strictObject({
        description: text,
        required: z.boolean().default(true),
        values: z.array(text).min(1).optional(),
      }),
    )
    .default({}),
  text,
  attach: z.array(text).default([]),
})
/** One of `tools:`. */
export const toolSchema = z.strictObject({
  operation: text,
  title: text.optional(),
  description: text.optional(),
  instructions: text.optional(),
  defaults: values.optional(),
  fixed: values.optional(),
  omit: z.array(text).optional(),
  columns: z.array(text).min(1).optional(),
  items: pointer.nullable().optional(),
  public: z.boolean().optional(),
  pinned: z.boolean().optional(),
  offer: z.enum(['tool', 'resource']).optional(),
  uri: text.optional(),
  readOnly: text.optional(),
})
/** The whole file; its sections are read one by one. */
export const rootSchema = z.strictObject({
  connector: z.json(),
  upstream: z.json(),
  namespaces: z.record(z.string(), z.json()),
  tools: z.record(z.string(), z.json()),
  resources: z.json().optional(),
  intents: z.record(z.string(), z.json()).optional(),
  prompts: z.record(z.string(), z.json()).optional(),
})
/** One of `intents:`, as the server runs it. */
export { intentSchema }

/** How a member proves who they are; the operation is named as the allow-list does it. */
export type LoginEntry =
  | z.output<typeof passwordLoginSchema>
  | z.output<typeof oidcLoginSchema>
  | z.output<typeof credentialsLoginSchema>
  | z.output<typeof serviceLoginSchema>
/** How a password login is renewed. */
export type RefreshEntry = z.output<typeof refreshSchema>
/** What a service login names, part by part; what was wrong is `null`. */
export type ServiceEntry = {
  readonly organization: z.output<typeof serviceOrganizationSchema> | null
  /** `undefined` where nothing is sent. */
  readonly credential: z.output<typeof serviceCredentialSchema> | null | undefined
  /** `undefined` where nobody signs in. */
  readonly access: z.output<typeof serviceAccessSchema> | null | undefined
}
/** Where the answer keeps who the member is. */
export type ProfileEntry = z.output<typeof profileSchema>
/** Where the answer keeps the member's organizations. */
export type OrganizationsEntry = z.output<typeof organizationsSchema>
/** The headers that carry API credentials. */
export type ApiCredentialsEntry = z.output<typeof apiCredentialsSchema>
/** What the connector is called. */
export type ConnectorEntry = z.output<typeof connectorSchema>
/** A group of tools, and of permissions. */
export type NamespaceEntry = z.output<typeof namespaceSchema>
/** One allowed operation. */
export type ToolEntry = z.output<typeof toolSchema>
/** What may be read by its URI. */
export type ResourcesEntry = z.output<typeof resourcesSchema>
/** Where `search` and `fetch` look in a namespace. */
export type ResearchEntry = z.output<typeof researchSchema>
/** An example prompt. */
export type PromptEntry = z.output<typeof promptSchema>
/** A question that is answered with several reads. */
export type IntentEntry = z.output<typeof intentSchema>
