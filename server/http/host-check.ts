import { AppError } from '../errors.ts'
import { isLoopbackHost } from '../loopback.ts'
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
  const { publicUrl, realms } = options
  const isOurs = (host: string) => {
    const hostname = URL.parse(`http://${host}`)?.hostname
    if (hostname === undefined) return false
    if (isLoopbackHost(hostname) || hostname === publicUrl.hostname) return true
    return realms.ofHost(host).label !== ''
  }
  // Clients of a loopback server come by one name, nearly always.
  let known = publicUrl.host

  return function hostCheck(ctx, next) {
    const host = ctx.get('host')
    if (host !== known) {
      if (!isOurs(host)) throw new AppError('host_not_allowed', { detail: host.slice(0, 200) })
      known = host
    }
    return next()
  }
}
