import { ELLIPSIS, toCurl, toRpc, toRpcResult } from '../example-requests.ts'
import { chooseExample, listTools, toUnderscored } from '../example-tools.ts'
import type { SiteFacts } from '../facts.ts'
import { toCount, toDuration, toSize } from '../wording.ts'
import { toWhoMakesKeys, toWhoMayConnect } from './access-texts.ts'
import { toVariants } from './variants.ts'
import { toModernExamples } from './modern-examples.ts'
import { toOauthExamples } from './oauth-examples.ts'

/** The addresses, the messages, and every way to prove who is calling. */
export function toTransportView(facts: SiteFacts): object {
  const { docs, deployment } = facts
  const { limits, lifetimes, protocol, browsers } = deployment
  return {
    ...toVariants(facts),
    ...toModernExamples(facts),
    ...toOauthExamples(facts),
    addresses: listAddresses(facts),
    requestSize: toSize(limits.requestBytes),
    requestLevels: toCount(limits.requestLevels, 'level'),
    batch: toCount(limits.batchMessages, 'message'),
    versions: { modern: protocol.modern.join(', '), legacy: protocol.legacy.join(', ') },
    whoMayConnect: toWhoMayConnect(facts),
    lifetimes: {
      code: toDuration(lifetimes.code),
      access: toDuration(deployment.accessTokenTtlSeconds),
      refresh: toDuration(deployment.refreshTokenTtlSeconds),
      reuse: toReuse(lifetimes.refreshGrace),
      apiCredentials: toDuration(lifetimes.apiCredentials),
    },
    revocation: deployment.oauth.revocation,
    scopes: docs.namespaces.map(({ scope, title, description }) => ({
      name: scope,
      title,
      description,
    })),
    keyHeader: `Authorization: Bearer ${deployment.apiKeyStart}${ELLIPSIS}`,
    whoMakesKeys: toWhoMakesKeys(facts),
    withCredentials: toCredentialsExample(facts),
    publicAccess: toPublicExamples(facts),
    origins: browsers.origins,
    credentialsOrigin:
      browsers.credentialsOrigin === null
        ? 'None of them may send cookies or other credentials of the browser along.'
        : `Only ${browsers.credentialsOrigin} may send credentials of the browser along.`,
    upstreamHeaders: listUpstreamHeaders(facts),
    openapi: {
      request: toCurl({ url: `${deployment.mcpUrl}/openapi.json` }),
      answer: { openapi: ELLIPSIS, info: ELLIPSIS, [ELLIPSIS]: ELLIPSIS },
    },
  }
}

/** What a second use of a refresh token does. */
function toReuse(graceSeconds: number): string {
  const end = 'ends the connection'
  return graceSeconds === 0 ? end : `${end}, unless it was within ${toDuration(graceSeconds)}`
}

function listAddresses({ deployment }: SiteFacts) {
  const { origin, mcpUrl, otherMcpUrl, publicMcpUrl, oauth, signIn } = deployment
  const metadata = [
    {
      address: oauth.resourceMetadata,
      what: 'metadata of the connector, for programs that sign people in',
    },
    { address: oauth.serverMetadata, what: 'metadata of its authorization server' },
  ]
  return [
    { address: `POST ${mcpUrl}`, what: 'messages' },
    ...(otherMcpUrl === null ? [] : [{ address: `POST ${otherMcpUrl}`, what: 'the same' }]),
    ...(publicMcpUrl === null
      ? []
      : [{ address: `POST ${publicMcpUrl}`, what: 'messages without a credential' }]),
    ...(signIn.kind === 'none' ? [] : metadata).map(({ address, what }) => ({
      address: `GET ${address}`,
      what,
    })),
    { address: `GET ${mcpUrl}/openapi.json`, what: 'the API behind the tools' },
    { address: `GET ${origin}/health`, what: 'whether the connector is alive' },
  ]
}

function toCredentialsExample({ docs, deployment }: SiteFacts) {
  const { apiCredentials: names, mcpUrl } = deployment
  if (names === null) return { request: '', answer: {} }
  const { tool, arguments: given } = chooseExample(docs)
  const headers = [
    `${names.key}: $API_KEY`,
    `${names.secret}: $API_SECRET`,
    `${names.email}: $EMAIL`,
  ]
  const body = toRpc(1, 'tools/call', { name: tool.name, arguments: given })
  return {
    request: toCurl({ url: mcpUrl, headers, body }),
    answer: toRpcResult(1, { content: [{ type: 'text', text: ELLIPSIS }] }),
  }
}

function toPublicExamples({ docs, deployment }: SiteFacts) {
  const { publicMcpUrl, toolNames } = deployment
  const offered = listTools(docs).filter((tool) => tool.public)
  const [first] = offered
  if (publicMcpUrl === null || first === undefined) return []
  const name = toolNames === 'underscored' ? toUnderscored(first.name) : first.name
  return [
    {
      count: toCount(offered.length, 'tool'),
      request: toCurl({ url: publicMcpUrl, body: toRpc(1, 'tools/list') }),
      answer: toRpcResult(1, { tools: [{ name, [ELLIPSIS]: ELLIPSIS }, ELLIPSIS] }),
    },
  ]
}

function listUpstreamHeaders({ deployment: { upstreamHeaders } }: SiteFacts) {
  const { program, client, requestId, trace } = upstreamHeaders
  return [
    { name: program, what: 'that the connector reads' },
    { name: client, what: 'the name of the AI tool that asked' },
    { name: requestId, what: 'the id of the request, as in the answer’s own header' },
    { name: trace, what: 'the place in a trace (W3C Trace Context), where the caller sent one' },
  ]
}
