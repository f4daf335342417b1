/** The console's own addresses beside its rooms. */
export const CONSOLE = {
  home: '/console',
  signIn: '/console/sign-in',
  /** Where a member proves once more who they are. */
  confirm: '/console/confirm',
  /** Back from the vendor's identity provider. */
  callback: '/console/sign-in/callback',
  signOut: '/console/sign-out',
  organization: '/console/organization',
  account: '/account',
} as const

/** Stands in a sign-in's `state` where an interaction's id would. */
export const CONSOLE_UID = 'console-sign-in'

/** Where a sign-in to the console goes on; `null` for any other. */
export function toConsoleCallback(uid: string): string | null {
  return uid === CONSOLE_UID ? CONSOLE.callback : null
}

/** No address of ours is longer; a browser keeps no cookie that holds a much longer one. */
const MAX_PATH_CHARS = 1024

/**
 * Where somebody wanted to go before they had to sign in; the console's first page for anything that
 * is not one of its own.
 */
export function toOwnPath(wanted: string | null, origin: string): string {
  const url = wanted === null ? null : URL.parse(wanted, origin)
  if (url?.origin !== origin) return CONSOLE.home
  const isOwn = [CONSOLE.home, CONSOLE.account].some(
    (path) => url.pathname === path || url.pathname.startsWith(`${path}/`),
  )
  const path = `${url.pathname}${url.search}`
  return isOwn && path.length <= MAX_PATH_CHARS ? path : CONSOLE.home
}
