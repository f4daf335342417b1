import { AppError } from '../errors.ts'
import type { Realms } from '../realm.ts'
import type { Middleware } from './context.ts'

/**
 * Refuses requests that name another host: a page that rebinds its own name to this address reaches
 * the port, but cannot forge `Host` (DNS rebinding). For servers that listen on loopback only.
 *
 * @param options.publicUrl its host is allowed beside this machine's own names; ports do not matter
 * @param options.realms their hosts are allowed, too
 */
export function hostCheck(options: {
  readonly publicUrl: URL
  readonly realms: Realms
}): Middleware {
  const allowed = new Set([options.publicUrl.hostname, 'localhost', '127.0.0.1', '[::1]'])
  return async function hostCheck(ctx, next) {
    const host = ctx.get('host')
    const hostname = URL.parse(`http://${host}`)?.hostname
    const isTenant = options.realms.ofHost(host).label !== ''
    if (hostname === undefined || !(isTenant || allowed.has(hostname))) {
      throw new AppError('host_not_allowed', { detail: host.slice(0, 200) })
    }
    await next()
  }
}
