import { createHash } from 'node:crypto'
import { canonicalText, type Json, type JsonObject } from '../json.ts'
import type {
  BodyModel,
  BodyValue,
  ConnectorModel,
  LoginModel,
  ServiceLoginModel,
  ToolModel,
  WireParameter,
} from '../model.ts'
import { toReference } from '../allow-list/select.ts'
import { describeOffers } from './manifest-offers.ts'

/** Raised when a manifest holds other facts: older ones are compared by what they have. */
export const MANIFEST_FORMAT = 2

/**
 * What later runs compare with: everything that callers, models and reviewers go by, as it is read
 * and not only as a hash, so that a change can be judged and shown.
 */
export function buildManifest(connector: ConnectorModel): JsonObject {
  return {
    format: MANIFEST_FORMAT,
    document: connector.document,
    connector: describeConnector(connector),
    offers: describeOffers(connector),
    tools: Object.fromEntries(connector.tools.map((tool) => [tool.name, describeTool(tool)])),
  }
}

function describeConnector(connector: ConnectorModel): JsonObject {
  const { title, instructions, namespaces, upstream } = connector
  const { serverUrl, organizationHeader, login, profile, organizations } = upstream
  return {
    title,
    instructions,
    upstream: {
      server: serverUrl,
      organizationHeader,
      login: describeLogin(login),
      profile: profile === null ? null : toReference(profile.operation),
      organizations: organizations === null ? null : toReference(organizations.operation),
      approvers: organizations?.approvers ?? [],
    },
    namespaces: Object.fromEntries(
      namespaces.map(({ name, ...texts }): [string, Json] => [name, texts]),
    ),
  }
}

function describeLogin(login: LoginModel | ServiceLoginModel): JsonObject {
  if (login.kind !== 'password') return { ...login }
  return { kind: login.kind, operation: toReference(login.operation) }
}

function describeTool(tool: ToolModel): JsonObject {
  const { title, description, instructions, operation, inputSchema, outputSchema } = tool
  const { items, columns, paging } = tool.answer
  const facts = {
    operation: toReference(operation),
    server: operation.server,
    title,
    description,
    instructions,
    public: tool.public,
    offer: tool.offer,
    uri: tool.uri,
    readOnly: tool.readOnly,
    answer: { items, columns, paging },
    ...describeValues(tool),
    inputSchema,
    outputSchema,
  }
  return { sha256: sha256(facts), ...facts }
}

/** What is always sent, by its place, and where each argument goes. */
function describeValues({ arguments: offered, sent, body }: ToolModel): JsonObject {
  const members = listBodyValues(body)
  const fixed = [
    ...sent.flatMap((each): [string, Json][] =>
      each.from === 'allow-list' ? [[`${each.wire.in} ${each.wire.name}`, each.value]] : [],
    ),
    ...members.flatMap(([place, value]): [string, Json][] =>
      value.from === 'allow-list' ? [[place, value.value]] : [],
    ),
  ]
  const places = [
    ...offered.flatMap(({ key, wire }): [string, Json][] =>
      wire === null ? [] : [[key, describeWire(wire)]],
    ),
    ...members.flatMap(([place, value]): [string, Json][] =>
      value.from === 'argument' ? [[value.key, place]] : [],
    ),
  ]
  return { fixed: Object.fromEntries(fixed), wire: Object.fromEntries(places) }
}

function listBodyValues(body: BodyModel | null): readonly (readonly [string, BodyValue])[] {
  if (body === null) return []
  if (body.kind === 'whole') return [['body', body.value]]
  return body.members.map(({ name, value }) => [`body ${name}`, value])
}

/** How a parameter is sent, in words: `query filter form exploded`. */
function describeWire(wire: WireParameter): string {
  const { name, in: where, style, explode, allowReserved, content } = wire
  return [
    where,
    name,
    content ?? style,
    ...(explode && content === null ? ['exploded'] : []),
    ...(allowReserved ? ['reserved'] : []),
  ].join(' ')
}

function sha256(value: Json): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex')
}
