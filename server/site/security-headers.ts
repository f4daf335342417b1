/** Scripts are the ones that we serve, and nothing is loaded from elsewhere. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join('; ')

/** The headers of the documentation: it is for everybody, the same for all, and may be kept for a while. */
export const SITE_HEADERS = {
  'Cache-Control': 'public, max-age=300',
  // Only a header can say who may frame a page (CSP 3, section 6.4.2).
  'Content-Security-Policy': `${CONTENT_POLICY}; frame-ancestors 'none'`,
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const
