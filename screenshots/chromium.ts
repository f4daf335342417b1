import { chromium, type Browser } from 'playwright-core'

/** Where Chromium is: `CHROMIUM_PATH`, or where Debian has it. */
export const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** Alone on the machine: no sandbox of its own, and not a word to anybody but the page. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** No host but this machine is there: a code that a browser takes back to a client goes nowhere. */
export const NOBODY_ELSE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'

/**
 * Starts a headless Chromium, which closes itself at the end of its scope.
 *
 * @param more arguments beside its usual ones
 */
export function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: [...ARGS, ...more] })
}
