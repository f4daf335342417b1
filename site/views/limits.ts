import type { Attempts, SiteFacts } from '../facts.ts'
import { toCount, toDuration, toNumber, toSize, when } from '../wording.ts'
import { toVariants } from './variants.ts'

/** A line of a table. */
type Limit = { readonly what: string; readonly limit: string }

/** Every number that a caller may meet. */
export function toLimitsView(facts: SiteFacts): object {
  const { rateHeaders } = facts.deployment.limits
  return {
    ...toVariants(facts),
    messages: listMessageLimits(facts),
    headers: [
      { name: rateHeaders.limit, what: 'messages in 60 seconds' },
      { name: rateHeaders.remaining, what: 'messages that you may send now' },
      { name: rateHeaders.reset, what: 'seconds until all of them are yours again' },
      { name: 'Retry-After', what: 'seconds to wait; only where it was too much' },
    ],
    limitHeader: rateHeaders.limit,
    sizes: listSizes(facts),
    attempts: listAttempts(facts),
    lifetimes: listLifetimes(facts),
  }
}

function listMessageLimits({ deployment }: SiteFacts): readonly Limit[] {
  const { limits, publicMcpUrl } = deployment
  return [
    {
      what: 'messages of one person in an organization, by all their programs and keys together',
      limit: `${toNumber(limits.callsPerMinute)} in any 60 seconds`,
    },
    ...when(publicMcpUrl !== null, {
      what: 'messages without a credential, of one network address',
      limit: `${toNumber(limits.publicCallsPerMinute)} in any 60 seconds`,
    }),
  ]
}

function listSizes({ docs, deployment: { limits } }: SiteFacts): readonly Limit[] {
  const { title } = docs.connector
  return [
    { what: 'the body of a request', limit: toSize(limits.requestBytes) },
    { what: 'levels of its JSON', limit: toNumber(limits.requestLevels) },
    { what: 'messages in a batch', limit: toNumber(limits.batchMessages) },
    { what: `an answer of ${title}`, limit: toSize(limits.answerBytes) },
    { what: 'the text of a tool’s answer', limit: toCount(limits.resultChars, 'character') },
    { what: 'a file in an answer', limit: toSize(limits.fileBytes) },
    { what: 'a whole call', limit: toDuration(limits.upstreamTimeoutMs / 1000) },
    {
      what: 'calls of one organization at the same time, on each server; more wait for their turn',
      limit: toNumber(limits.callsAtOnce),
    },
  ]
}

function listAttempts({ deployment: { limits } }: SiteFacts): readonly Limit[] {
  return [
    toAttempts('failed sign-ins for one account', limits.signInAccount),
    toAttempts('sign-ins from one network address', limits.signInAddress),
    toAttempts('authorization requests from one network address', limits.authorizeAddress),
    toAttempts('registrations of programs from one network address', limits.registerAddress),
    toAttempts('token requests from one network address', limits.tokenAddress),
  ]
}

function toAttempts(what: string, { max, seconds }: Attempts): Limit {
  return { what, limit: `${toNumber(max)} in ${toDuration(seconds)}` }
}

function listLifetimes({ deployment }: SiteFacts): readonly Limit[] {
  const { lifetimes, signIn, apiCredentials } = deployment
  const signedIn = [
    { what: 'a page to sign in', limit: toDuration(lifetimes.signInPage) },
    { what: 'an authorization code', limit: `${toDuration(lifetimes.code)}, once` },
    { what: 'an access token', limit: toDuration(deployment.accessTokenTtlSeconds) },
    {
      what: 'a refresh token',
      limit: `${toDuration(deployment.refreshTokenTtlSeconds)}; each use gives a new one`,
    },
  ]
  return [
    ...(signIn.kind === 'none' ? [] : signedIn),
    { what: 'an API key', limit: 'as long as was chosen when it was made' },
    ...when(apiCredentials !== null, {
      what: 'API credentials, after they were withdrawn',
      limit: `up to ${toDuration(lifetimes.apiCredentials)}`,
    }),
    {
      what: 'the list of tools in an AI tool',
      limit: `up to ${toDuration(lifetimes.toolList)}`,
    },
  ]
}
