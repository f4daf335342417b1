/** The `Basic` credentials (RFC 7617) of a URL with a user or a password; `null` for one with neither. */
export function basicOf({ username, password }: URL): string | null {
  if (username === '' && password === '') return null
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}
