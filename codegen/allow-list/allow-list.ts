import type { z } from 'zod'
import {
  apiCredentialsSchema,
  connectorSchema,
  credentialsLoginSchema,
  intentSchema,
  loginKindSchema,
  namespaceSchema,
  oidcLoginSchema,
  organizationsSchema,
  passwordLoginSchema,
  profileSchema,
  promptSchema,
  refreshSchema,
  researchSchema,
  resourcesSchema,
  rootSchema,
  serviceAccessSchema,
  serviceCredentialSchema,
  serviceLoginSchema,
  serviceOrganizationSchema,
  serviceUpstreamSchema,
  toolSchema,
  upstreamSchema,
  type ApiCredentialsEntry,
  type ConnectorEntry,
  type IntentEntry,
  type LoginEntry,
  type NamespaceEntry,
  type OrganizationsEntry,
  type ProfileEntry,
  type PromptEntry,
  type RefreshEntry,
  type ResearchEntry,
  type ResourcesEntry,
  type ServiceEntry,
  type ToolEntry,
} from './allow-list-schema.ts'
import { isObject, objectAt, type Json, type JsonObject } from '../json.ts'
import { valueAt, type Path } from '../json-pointer.ts'
import type { Findings, Place } from '../problem.ts'
import { parseSection } from './section.ts'
import type { SourceFile } from '../document/source-file.ts'

/** The allow-list. What was wrong has been reported and is `null`, or absent from its map. */
export type AllowList = {
  readonly connector: ConnectorEntry | null
  readonly upstream: {
    readonly organizationHeader: string | null
    /** Origins beside the document's own that operations may be served by. */
    readonly servers: readonly string[]
    readonly login: LoginEntry | null
    /** Of a password login. */
    readonly refresh: RefreshEntry | null
    /** Of a service login; there is no profile, no organizations and no API credentials then. */
    readonly service: ServiceEntry | null
    readonly profile: ProfileEntry | null
    readonly organizations: OrganizationsEntry | null
    readonly apiCredentials: ApiCredentialsEntry | null
  }
  /** Every name is here, even where its entry is wrong (`null`), so that it is not called unknown. */
  readonly namespaces: ReadonlyMap<string, NamespaceEntry | null>
  readonly tools: ReadonlyMap<string, ToolEntry>
  /** `null` where nothing may be read by its URI, or what was written is wrong. */
  readonly resources: ResourcesEntry | null
  readonly intents: ReadonlyMap<string, IntentEntry>
  readonly prompts: ReadonlyMap<string, PromptEntry>
  /** By namespace. */
  readonly research: ReadonlyMap<string, ResearchEntry>
  /** Every tool name that was written, good or not. */
  readonly toolNames: readonly string[]
  readonly place: (path: Path, on?: 'key' | 'value') => Place
}

/** Reads the allow-list section by section, so that one mistake does not hide the next. */
export function parseAllowList(file: SourceFile, findings: Findings): AllowList {
  for (const { what, ...place } of file.doubledKeys) findings.problem(place, what)
  const place: AllowList['place'] = (path, on = 'value') => ({
    ...file.position(path, on),
    where: path.join(' → '),
  })
  const read = <Section extends z.ZodObject>(schema: Section, value: Json, path: Path) =>
    parseSection({ schema, value, path, place, findings })

  const root = objectAt(file.value)
  read(rootSchema, file.value, [])
  const readIfThere = <Section extends z.ZodObject>(schema: Section, path: Path) => {
    const value = valueAt(root, path)
    return value === undefined ? null : read(schema, value, path)
  }
  /** What is wrong is not there. */
  const readEach = <Section extends z.ZodObject>(schema: Section, path: Path) =>
    new Map(
      Object.entries(objectAt(valueAt(root, path))).flatMap(([name, value]) => {
        const entry = read(schema, value, [...path, name])
        return entry === null ? [] : [[name, entry] as const]
      }),
    )
  const readPart = <Section extends z.ZodObject>(schema: Section, ...steps: Path) =>
    readIfThere(schema, ['upstream', ...steps])
  const namespaces = Object.entries(objectAt(root['namespaces']))
  const tools = Object.entries(objectAt(root['tools']))
  if (isObject(root['tools']) && tools.length === 0) {
    findings.problem(place(['tools'], 'key'), 'names no tool')
  }
  const login = readLogin(root, readPart)
  const isService = valueAt(root, ['upstream', 'login', 'kind']) === 'service'
  const facts = readIfThere(isService ? serviceUpstreamSchema : upstreamSchema, ['upstream'])
  const readOfMembers: ReadPart = (schema, ...steps) =>
    isService ? null : readPart(schema, ...steps)
  return {
    connector: readIfThere(connectorSchema, ['connector']),
    upstream: {
      organizationHeader: facts?.organizationHeader ?? null,
      servers: facts?.servers ?? [],
      login,
      refresh: login?.kind === 'password' ? readPart(refreshSchema, 'login', 'refresh') : null,
      service: login?.kind === 'service' ? readService(login, readPart) : null,
      profile: readOfMembers(profileSchema, 'profile'),
      organizations: readOfMembers(organizationsSchema, 'organizations'),
      apiCredentials: readOfMembers(apiCredentialsSchema, 'apiCredentials'),
    },
    namespaces: new Map(
      namespaces.map(([name, value]) => [name, read(namespaceSchema, value, ['namespaces', name])]),
    ),
    tools: readEach(toolSchema, ['tools']),
    resources: readIfThere(resourcesSchema, ['resources']),
    intents: readEach(intentSchema, ['intents']),
    prompts: readEach(promptSchema, ['prompts']),
    research: new Map(
      namespaces.flatMap(([name]) => {
        const entry = readIfThere(researchSchema, ['namespaces', name, 'research'])
        return entry === null ? [] : [[name, entry]]
      }),
    ),
    toolNames: tools.map(([name]) => name),
    place,
  }
}

type ReadPart = <Section extends z.ZodObject>(
  schema: Section,
  ...steps: Path
) => z.output<Section> | null

/** The kind decides which other keys there are. */
function readLogin(root: JsonObject, readPart: ReadPart): LoginEntry | null {
  const kind = valueAt(root, ['upstream', 'login', 'kind'])
  if (kind === 'password') return readPart(passwordLoginSchema, 'login')
  if (kind === 'oidc') return readPart(oidcLoginSchema, 'login')
  if (kind === 'api-credentials') return readPart(credentialsLoginSchema, 'login')
  if (kind === 'service') return readPart(serviceLoginSchema, 'login')
  readPart(loginKindSchema, 'login')
  return null
}

function readService(
  { credential, access }: Extract<LoginEntry, { kind: 'service' }>,
  readPart: ReadPart,
): ServiceEntry {
  return {
    organization: readPart(serviceOrganizationSchema, 'login', 'organization'),
    credential:
      credential === undefined
        ? undefined
        : readPart(serviceCredentialSchema, 'login', 'credential'),
    access: access === undefined ? undefined : readPart(serviceAccessSchema, 'login', 'access'),
  }
}
