import { z } from 'zod'
import { isPointer } from './json-pointer.ts'
import { isIssuer, isSafeUrl } from './safe-url.ts'

const LOGIN_KINDS = ['password', 'oidc', 'api-credentials'] as const

const text = z.string().trim().min(1)
const pointer = z.string().refine(isPointer, 'must be a JSON Pointer such as "/data"')
const headerName = z.string().regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header')
const values = z.record(z.string(), z.json())
const scope = z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, 'must be one scope, without spaces')

/** `connector:`. */
export const connectorSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and "-"'),
  title: text,
  instructions: text.optional(),
})
/** `upstream:`; its parts are read one by one with the schemas below. */
export const upstreamSchema = z.strictObject({
  organizationHeader: headerName.optional(),
  login: z.json(),
  profile: z.json(),
  organizations: z.json(),
  apiCredentials: z.json().optional(),
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
  issuer: z.string().refine(isIssuer, 'must be an https URL without query and fragment'),
  scopes: z
    .array(scope)
    .refine((scopes) => scopes.includes('openid'), 'must hold "openid"')
    .default(['openid', 'profile', 'email', 'offline_access']),
  resource: z.string().refine(isSafeUrl, 'must be an https URL without fragment').optional(),
})
/** `upstream.login` with API credentials only. */
export const credentialsLoginSchema = z.strictObject({ kind: z.literal('api-credentials') })
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
})
/** The whole file; its sections are read one by one. */
export const rootSchema = z.strictObject({
  connector: z.json(),
  upstream: z.json(),
  namespaces: z.record(z.string(), z.json()),
  tools: z.record(z.string(), z.json()),
})

/** How a member proves who they are; the operation is named as the allow-list does it. */
export type LoginEntry =
  | z.output<typeof passwordLoginSchema>
  | z.output<typeof oidcLoginSchema>
  | z.output<typeof credentialsLoginSchema>
/** How a password login is renewed. */
export type RefreshEntry = z.output<typeof refreshSchema>
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
