import { afterEach, describe, expect, it } from '@jest/globals'
import { startRooms } from '../../support/console-rooms.ts'
import { signInToConsole, visitConsole } from '../../support/console-session.ts'
import { toPlainText } from '../../support/html-text.ts'

const ADDRESS = '/console/settings'

let rooms: Awaited<ReturnType<typeof startRooms>>
afterEach(() => rooms.close())

describe('the settings', () => {
  it('say how the connector is set for everybody', async () => {
    rooms = await startRooms({
      RATE_LIMIT_PER_MINUTE: '250',
      AUDIT_RETENTION_DAYS: '400',
      REFRESH_TOKEN_TTL: '86400',
    })
    const owner = await signInToConsole(rooms.url)

    const text = toPlainText((await owner.open(ADDRESS)).text)

    expect(text).toContain('Who connects AI clients Roles: owner and admin')
    expect(text).toContain('Your role owner')
    expect(text).toContain('250 calls of each member in any 60 seconds The same for every')
    expect(text).toContain('End after 1 day without use')
    expect(text).toContain('API credentials in headers On')
    expect(text).toContain('Audit events are kept 400 days')
    expect(text).toContain('Audit events are streamed to Nowhere else')
    expect(text).toContain('API document Flowtly')
    expect(text).toMatch(/Sluice \d+\.\d+\.\d+/)
  })

  it('say the limit of the organization where it has its own, and only its own', async () => {
    rooms = await startRooms({ API_CREDENTIALS: 'off' })
    const { url, store } = rooms
    const owner = await signInToConsole(url)
    const other = await signInToConsole(url, { email: 'owner@globex.example' })
    await store.organizations.setRateLimit('acme', 7)

    const text = toPlainText((await owner.open(ADDRESS)).text)
    const others = toPlainText((await other.open(ADDRESS)).text)

    expect(text).toContain('7 calls of each member in any 60 seconds Set for your organization')
    expect(text).toContain('API credentials in headers Off')
    expect(others).toContain('1,000,000 calls of each member')
  })

  it('name the kinds of places that events go to, and no address', async () => {
    rooms = await startRooms({
      AUDIT_SINKS: 'https://siem.internal.example/hook,syslog+tls://10.0.0.7:6514',
      AUDIT_SINK_KEY: 'a-key-of-this-test-that-is-long-enough-0123456789',
    })
    const owner = await signInToConsole(rooms.url)

    const { text } = await owner.open(ADDRESS)

    expect(toPlainText(text)).toContain('streamed to an HTTPS address and syslog')
    expect(text).not.toMatch(/siem|10\.0\.0\.7|a-key-of-this-test/)
  })

  it('are shown to owners and admins alone', async () => {
    rooms = await startRooms()
    const member = await signInToConsole(rooms.url, {
      email: 'member@acme.example',
      to: '/account',
    })

    const refused = await member.open(ADDRESS)
    const stranger = await visitConsole(rooms.url).open(ADDRESS)

    expect(refused.status).toBe(403)
    expect(new URL(stranger.url).pathname).toBe('/console/sign-in')
  })
})
