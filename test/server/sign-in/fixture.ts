import { startDemo, type Demo, type DemoOptions } from '../../../demo/server.ts'
import { loadConnector } from '../../../server/connector.ts'
import type { Connector, MemberUpstream } from '../../../server/mcp/tool.ts'
import type { UpstreamCredential } from '../../../server/sign-in/credential.ts'
import type { FormSignIn, RedirectSignIn, SignIn } from '../../../server/sign-in/sign-in.ts'
import { createUpstreamClient, type UpstreamClient } from '../../../server/upstream/client.ts'
import { systemClock } from '../../../server/upstream/clock.ts'
import { createTransport } from '../../../server/upstream/transport.ts'
import { setFaults as setDemoFaults } from '../../demo/support/control.ts'

/** What every question of these tests is marked with. */
export const REQUEST_ID = 'request-1'

/** The shipped connector. */
export async function readFlowtly(): Promise<Connector & { readonly upstream: MemberUpstream }> {
  const { connector } = await loadConnector('flowtly')
  const { upstream } = connector
  if (upstream.profile === null) throw new Error('the connector knows no members')
  return { ...connector, upstream }
}

/** The real client for an upstream, and its end. */
export function openUpstream(
  url: string,
  timeoutMs = 5_000,
): { readonly upstream: UpstreamClient; readonly close: () => Promise<void> } {
  const transport = createTransport({ maxBodyBytes: () => 100_000 })
  const upstream = createUpstreamClient({
    carrier: transport,
    baseUrl: new URL(url),
    organizationHeader: null,
    timeoutMs,
    userAgent: 'test',
    clock: systemClock,
  })
  return { upstream, close: () => transport.close() }
}

/** The demo with a client for it. */
export async function startUpstream(options: DemoOptions = {}) {
  const demo = await startDemo(options)
  const { upstream, close: closeClient } = openUpstream(demo.url)
  const close = async () => {
    await closeClient()
    await demo.close()
  }
  return { demo, upstream, close, [Symbol.asyncDispose]: close }
}

/** Makes the demo fail; an empty list mends it. */
export async function setFaults(demo: Demo, faults: readonly object[]): Promise<void> {
  const response = await setDemoFaults(demo, faults)
  if (!response.ok) throw new Error(`the demo refused the faults: ${await response.text()}`)
}

/** A sign-in that is a form. */
export function asForm(signIn: SignIn): FormSignIn {
  if (signIn.kind !== 'form') throw new Error('the sign-in is no form')
  return signIn
}

/** A sign-in that leads to an identity provider. */
export function asRedirect(signIn: SignIn): RedirectSignIn {
  if (signIn.kind !== 'redirect') throw new Error('the sign-in leads nowhere')
  return signIn
}

/** A credential that is a bearer token. */
export function asBearer(
  credential: UpstreamCredential | null,
): Extract<UpstreamCredential, { kind: 'bearer' }> {
  if (credential?.kind !== 'bearer') throw new Error('the credential is no bearer token')
  return credential
}

/** The error of an attempt that fails, as far as a log would show it. */
export async function failureOf(attempt: Promise<unknown>): Promise<Error> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
  throw new Error('it did not fail')
}
