/** Where the authorization server answers; its pages are below `interaction`. */
export const ROUTES = {
  /** What clients read first (RFC 8414, section 3). */
  metadata: '/.well-known/oauth-authorization-server',
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  registration: '/oauth/register',
  revocation: '/oauth/revoke',
  jwks: '/oauth/jwks',
  interaction: '/oauth/interaction',
  callback: '/oauth/callback',
} as const
