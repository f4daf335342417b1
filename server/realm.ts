/**
 * One issuer and one audience: the connector's own host, or the host of one organization. A token,
 * a client or a grant of one realm means nothing in another.
 */
export type Realm = {
  /** The organization's label in `TENANT_HOSTS`; `''` is the connector's own host. */
  readonly label: string
  /** The origin, without a slash at the end (RFC 8414, section 2). */
  readonly issuer: string
  /** The connector's URL in this realm: the `resource` and `aud` of its tokens (RFC 8707). */
  readonly resource: string
}

/** All realms of a running connector. */
export type Realms = {
  /** The realm that a request's `Host` header names. */
  readonly ofHost: (host: string) => Realm
  /** `null` where organizations have no hosts of their own. */
  readonly ofLabel: (label: string) => Realm | null
}

/** Where tools are offered that need no token. */
export const PUBLIC_MCP_PATH = '/public/mcp'

/** Where every realm serves `POST /mcp`. */
export const MCP_PATH = '/mcp'

/**
 * Tells the realms apart. Scheme and port are the public URL's; whatever is no tenant's host is the
 * connector's own realm, so a spoofed `Host` changes nothing. The public URL's own host is nobody
 * else's, even where it fits the pattern.
 *
 * @param options.tenantHosts for example `{tenant}.mcp.example.com`; `null` for one realm only
 */
export function createRealms(options: {
  readonly publicUrl: URL
  readonly tenantHosts: string | null
}): Realms {
  const { publicUrl, tenantHosts } = options
  const own = toRealm('', publicUrl.origin)
  if (tenantHosts === null) {
    return { ofHost: () => own, ofLabel: (label) => (label === '' ? own : null) }
  }
  const suffix = tenantHosts.replace('{tenant}', '')
  const ofLabel = (label: string) => {
    if (!isTenantLabel(label)) return own
    const realm = toTenantRealm(label, publicUrl, suffix)
    return realm.issuer === own.issuer ? own : realm
  }
  return {
    ofHost(host) {
      const hostname = host.replace(/:\d*$/, '').toLowerCase()
      return ofLabel(hostname.endsWith(suffix) ? hostname.slice(0, -suffix.length) : '')
    },
    ofLabel,
  }
}

/** Answers whether a text can be one label of a host name (RFC 1123, section 2.1), in lower case. */
export function isTenantLabel(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
}

function toTenantRealm(label: string, publicUrl: URL, suffix: string): Realm {
  const port = publicUrl.port === '' ? '' : `:${publicUrl.port}`
  return toRealm(label, `${publicUrl.protocol}//${label}${suffix}${port}`)
}

function toRealm(label: string, issuer: string): Realm {
  return { label, issuer, resource: `${issuer}${MCP_PATH}` }
}
