/** What the token endpoint exchanges; OAuth 2.1 has no implicit and no password grant. */
export const GRANT_TYPES = ['authorization_code', 'refresh_token'] as const
