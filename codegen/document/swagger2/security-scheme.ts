import { compact, objectAt, textAt, type Json, type JsonObject } from '../../json.ts'

/** The flows of OAuth 2.0 by their names in Swagger 2.0. */
const FLOWS: ReadonlyMap<string, string> = new Map([
  ['implicit', 'implicit'],
  ['password', 'password'],
  ['application', 'clientCredentials'],
  ['accessCode', 'authorizationCode'],
])

/** Says a security scheme in the words of OpenAPI 3 (Swagger 2.0, "Security Scheme Object"). */
export function upgradeSecurityScheme(scheme: JsonObject): Json {
  const { type, description, flow, authorizationUrl, tokenUrl, scopes } = scheme
  if (type === 'basic') return compact({ type: 'http', scheme: 'basic', description })
  if (type !== 'oauth2') return scheme
  const name = FLOWS.get(textAt(flow)) ?? 'authorizationCode'
  const facts = compact({ authorizationUrl, tokenUrl, scopes: objectAt(scopes) })
  return compact({ type: 'oauth2', description, flows: { [name]: facts } })
}
