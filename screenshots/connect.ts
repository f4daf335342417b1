import { createHash, randomBytes } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import { z } from 'zod'

const PASSWORD = 'sluice-demo'
const registered = z.object({ client_id: z.string() })
const issued = z.object({ access_token: z.string() })

/** A program that connects people in their browser. */
export type Program = { readonly name: string; readonly redirectUri: string }

/** Types an account into a sign-in page of ours. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await pressAndWait(page, 'Sign in')
}

/** Presses a button, and waits for the page that follows. */
export async function pressAndWait(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true })
  await Promise.all([page.waitForEvent('load'), button.click()])
}

/**
 * Connects a program as a person does.
 *
 * @param options.look sees the page of the sign-in and that of the consent
 * @returns the program's access token
 */
export async function connect(
  context: BrowserContext,
  options: {
    readonly origin: string
    readonly program: Program
    readonly email: string
    readonly look?: (page: Page, name: string) => Promise<void>
  },
): Promise<string> {
  const { origin, program, email, look = () => Promise.resolve() } = options
  const { redirectUri } = program
  const { client_id: clientId } = registered.parse(
    await post(`${origin}/oauth/register`, {
      json: {
        client_name: program.name,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'none',
      },
    }),
  )
  const verifier = randomBytes(32).toString('base64url')
  const url = new URL('/oauth/authorize', origin)
  url.search = new URLSearchParams({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, state: 'state' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()

  const page = await context.newPage()
  await page.goto(url.href)
  await look(page, 'sign-in')
  await signIn(page, email)
  await look(page, 'consent')
  const [back] = await Promise.all([
    page.waitForRequest((request) => request.url().startsWith(redirectUri)),
    page.getByRole('button', { name: 'Allow', exact: true }).click(),
  ])
  const code = new URL(back.url()).searchParams.get('code') ?? ''
  await page.close()
  const tokens = await post(`${origin}/oauth/token`, {
    form: {
      ...{ grant_type: 'authorization_code', code, code_verifier: verifier },
      ...{ client_id: clientId, redirect_uri: redirectUri },
    },
  })
  return issued.parse(tokens).access_token
}

/** Calls a tool, whatever comes of it. */
export async function callTool(
  origin: string,
  token: string,
  name: string,
  args: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const message = {
    ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
    params: { name, arguments: args },
  }
  await post(`${origin}/mcp`, { json: message, headers: { authorization: `Bearer ${token}` } })
}

async function post(
  url: string,
  sent: {
    readonly json?: object
    readonly form?: Readonly<Record<string, string>>
    readonly headers?: Readonly<Record<string, string>>
  },
): Promise<unknown> {
  const { json, form, headers = {} } = sent
  const body = form === undefined ? JSON.stringify(json) : new URLSearchParams(form).toString()
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded'
  const response = await fetch(url, {
    ...{ method: 'POST', body },
    headers: { 'content-type': type, ...headers },
  })
  return response.json()
}
