import { existsSync } from 'node:fs'
import { describe } from '@jest/globals'
import { CHROMIUM } from '../../screenshots/chromium.ts'

export { openBrowser } from '../../screenshots/chromium.ts'

const IS_REQUIRED = (process.env['CI'] ?? '') !== ''

/** A suite that needs Chromium: required in CI, elsewhere skipped with a line where there is none. */
export function describeWithBrowser(title: string, suite: () => void): void {
  if (IS_REQUIRED || existsSync(CHROMIUM)) {
    describe(title, suite)
    return
  }
  process.stderr.write(`skipped: ${title} (no Chromium at ${CHROMIUM}; set CHROMIUM_PATH)\n`)
  describe.skip(title, suite)
}
