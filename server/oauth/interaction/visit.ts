import type Provider from 'oidc-provider'
import { errors, type Client, type Interaction } from 'oidc-provider'
import { z } from 'zod'
import type { Context } from '../../http/context.ts'
import type { Seal } from '../../seal.ts'
import { upstreamCredentialSchema, type UpstreamCredential } from '../../sign-in/credential.ts'
import type { FederatedMemory } from '../../sign-in/sign-in.ts'
import { ROUTES } from '../routes.ts'

/** How far an interaction has come. It is sealed: the store shows nobody a credential. */
export type OpenProgress =
  | { readonly step: 'new' }
  /** Signed in once; the next sign-in is to ask who it is. */
  | { readonly step: 'switching' }
  | { readonly step: 'away'; readonly memory: FederatedMemory }
  | { readonly step: 'signed-in'; readonly credential: UpstreamCredential }

/** `decided` is an end that the browser has not gone on from: its answer was lost, or not awaited. */
export type Progress = OpenProgress | { readonly step: 'decided' }

/** One browser in one interaction: from the client's request to the redirect back to it. */
export type Visit = {
  readonly ctx: Context
  readonly provider: Provider
  readonly interaction: Interaction
  readonly client: Client
  /** The path of the interaction's page. */
  readonly path: string
  readonly progress: Progress
}

const progressSchema = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('switching') }),
  z.strictObject({
    step: z.literal('away'),
    memory: z.strictObject({ state: z.string(), nonce: z.string(), codeVerifier: z.string() }),
  }),
  z.strictObject({ step: z.literal('signed-in'), credential: upstreamCredentialSchema }),
])

/**
 * Finds the interaction that a request belongs to: the address names it and the browser's cookie
 * proves it.
 *
 * @returns `null` where it is expired, finished, or another browser's
 */
export async function openVisit(
  ctx: Context,
  provider: Provider,
  uid: string,
  seal: Seal,
): Promise<Visit | null> {
  const interaction = await findInteraction(ctx, provider)
  if (interaction?.uid !== uid) return null
  const client = await provider.Client.find(String(interaction.params['client_id']))
  if (client === undefined) return null
  const path = `${ROUTES.interaction}/${uid}`
  return { ctx, provider, interaction, client, path, progress: readProgress(interaction, seal) }
}

/** Where the browser goes in the end. */
export function redirectUriOf({ interaction, client }: Visit): string {
  const asked = interaction.params['redirect_uri']
  return typeof asked === 'string' ? asked : (client.redirectUris?.[0] ?? '')
}

/** Keeps how far it has come, and sends the browser to the page that shows it. */
export async function advance(visit: Visit, progress: OpenProgress, seal: Seal): Promise<void> {
  await keepProgress(visit, progress, seal)
  sendOn(visit, visit.path)
}

/** Sends the browser on by GET, whatever it came with (RFC 9110, section 15.4.4). */
export function sendOn({ ctx }: Visit, url: string): void {
  ctx.status = 303
  ctx.redirect(url)
}

/** Keeps how far it has come. */
export async function keepProgress(
  { ctx, provider, interaction }: Visit,
  progress: OpenProgress,
  seal: Seal,
): Promise<void> {
  const result =
    progress.step === 'new'
      ? {}
      : { sealed: seal.close(JSON.stringify(progress), toContext(interaction.uid)) }
  await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false })
}

/** Ends the interaction; the authorization server then redirects to the client. */
export async function finish(
  visit: Visit,
  result: Parameters<Provider['interactionResult']>[2],
): Promise<void> {
  const { ctx, provider } = visit
  const options = { mergeWithLastSubmission: false }
  sendOn(visit, await provider.interactionResult(ctx.req, ctx.res, result, options))
}

async function findInteraction(ctx: Context, provider: Provider): Promise<Interaction | null> {
  try {
    return await provider.interactionDetails(ctx.req, ctx.res)
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return null
    throw error
  }
}

function readProgress({ uid, result }: Interaction, seal: Seal): Progress {
  if (result?.consent !== undefined || result?.['error'] !== undefined) return { step: 'decided' }
  const sealed = result?.['sealed']
  if (typeof sealed !== 'string') return { step: 'new' }
  return progressSchema.parse(JSON.parse(seal.open(sealed, toContext(uid))))
}

/** What is sealed for one interaction opens in no other. */
function toContext(uid: string): string {
  return `interaction:${uid}`
}
