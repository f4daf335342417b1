import { ELLIPSIS, toCurl, toRpc } from '../example-requests.ts'
import type { SiteFacts } from '../facts.ts'

/** What a program reads on its way to a token. */
export function toOauthExamples({ docs, deployment }: SiteFacts) {
  const { origin, mcpUrl, oauth } = deployment
  const scopes = docs.namespaces.map(({ scope }) => scope)
  return {
    unauthorized: {
      request: toCurl({ url: mcpUrl, body: toRpc(1, 'tools/list'), showsHeaders: true }),
      answer: [
        'HTTP/1.1 401 Unauthorized',
        `WWW-Authenticate: Bearer resource_metadata="${oauth.resourceMetadata}", scope="${scopes.join(' ')}"`,
        ELLIPSIS,
      ].join('\n'),
    },
    resourceMetadata: {
      request: toCurl({ url: oauth.resourceMetadata }),
      answer: {
        resource: mcpUrl,
        authorization_servers: [origin],
        scopes_supported: scopes,
        bearer_methods_supported: ['header'],
        resource_name: docs.connector.title,
        resource_documentation: `${origin}/`,
      },
    },
    serverMetadata: {
      request: toCurl({ url: oauth.serverMetadata }),
      answer: {
        issuer: origin,
        authorization_endpoint: oauth.authorization,
        token_endpoint: oauth.token,
        registration_endpoint: oauth.registration,
        revocation_endpoint: oauth.revocation,
        jwks_uri: oauth.jwks,
        scopes_supported: scopes,
        code_challenge_methods_supported: ['S256'],
        client_id_metadata_document_supported: true,
        authorization_response_iss_parameter_supported: true,
        [ELLIPSIS]: ELLIPSIS,
      },
    },
  }
}
