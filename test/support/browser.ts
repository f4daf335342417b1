import { existsSync } from 'node:fs'
import { describe } from '@jest/globals'
import { chromium, type Browser } from 'playwright-core'

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const IS_REQUIRED = (process.env['CI'] ?? '') !== ''
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

/** Starts a headless Chromium, which closes itself at the end of its scope. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGS })
}

/** A suite that needs Chromium: required in CI, elsewhere skipped with a line where there is none. */
export function describeWithBrowser(title: string, suite: () => void): void {
  if (IS_REQUIRED || existsSync(CHROMIUM)) {
    describe(title, suite)
    return
  }
  process.stderr.write(`skipped: ${title} (no Chromium at ${CHROMIUM}; set CHROMIUM_PATH)\n`)
  describe.skip(title, suite)
}
