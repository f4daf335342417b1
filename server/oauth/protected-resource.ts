import type { Middleware } from '../http/context.ts'

/**
 * Serves the metadata of the connector as a protected resource (RFC 9728, section 2). A client asks
 * for it at the path of the URL that it was given, and compares.
 *
 * @param options.path the path of that URL; `null` for the well-known path itself
 */
export function protectedResource(options: {
  readonly path: string | null
  readonly title: string
  readonly scopes: readonly string[]
}): Middleware {
  const { path, title, scopes } = options

  return async function protectedResource(ctx) {
    const { issuer, resource } = ctx.state.realm
    ctx.body = {
      resource: path === null ? resource : `${issuer}${path}`,
      authorization_servers: [issuer],
      scopes_supported: scopes,
      bearer_methods_supported: ['header'],
      resource_name: title,
      resource_documentation: `${issuer}/`,
    }
    return Promise.resolve()
  }
}
