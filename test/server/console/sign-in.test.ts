import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { signInToConsole } from '../../support/console-session.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import { toPlainText } from '../../support/html-text.ts'

describe('signing in to the console with a form', () => {
  let running: Awaited<ReturnType<typeof startWithDemo>>

  beforeEach(async () => {
    running = await startWithDemo()
  })
  afterEach(() => running.close())

  it('leads an owner to the page that they wanted', async () => {
    const { first } = await signInToConsole(running.connector.url, { to: '/account?from=mail' })

    expect(toPlainText(first.text)).toContain('My connections')
  })
})
