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
  return async function hostCheck(ctx, next) {
    const host = ctx.get('host')
    const hostname = URL.parse(`http://${host}`)?.hostname
    const isOurs =
      hostname !== undefined &&
      (isLoopbackHost(hostname) ||
        hostname === publicUrl.hostname ||
        realms.ofHost(host).label !== '')
    if (!isOurs) {
      throw new AppError('host_not_allowed', { detail: host.slice(0, 200) })
    }
    await next()
  }
}
