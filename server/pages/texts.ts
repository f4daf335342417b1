import { toDisplayText, toQuotedName } from './display-text.ts'
import type { ProblemText } from './views.ts'
import { sayWhoHas, sayWhoIsThere, toShownEmail } from './wording.ts'

const MAX_REASON_CHARS = 300

/** A page or form that is too old, was used already, or belongs to another browser. */
export function expired(): ProblemText {
  return {
    title: 'This page has expired',
    paragraphs: [
      'For your safety a sign-in is open for a short time only, works once, and only in the browser that started it.',
      'If you had allowed the connection already, it stays as it is. Otherwise nothing was connected: go back to the program you came from and start again.',
    ],
  }
}

/** The upstream or its identity provider does not answer. */
export function upstreamDown(): ProblemText {
  return {
    title: 'The service is not answering',
    paragraphs: [
      'We could not reach the service that holds your data, so we could not check who you are.',
      'Nothing was connected. Wait a few minutes, then start the connection again.',
    ],
  }
}

/** The account belongs to no organization, or to none that this address serves. */
export function noOrganization({ email }: { readonly email: string }): ProblemText {
  return {
    title: 'There is no organization to connect',
    paragraphs: [
      `You are signed in as ${toShownEmail(email)}, but this account does not belong to any organization that can be connected here.`,
      'Ask an administrator of your organization for an invitation, or use another account.',
    ],
  }
}

/** The program was registered for one organization, which is none of the account's. */
export function clientOfOthers({ email }: { readonly email: string }): ProblemText {
  return {
    title: 'This program is not for your organization',
    paragraphs: [
      `You are signed in as ${toShownEmail(email)}. The program that sent you here was registered by an organization that this account does not belong to, so it can connect nothing of yours.`,
      'Nothing was connected. Use another account, or ask an administrator of your organization for a program that is registered for it.',
    ],
  }
}

/** The account belongs to organizations, and its role may approve a client in none of them. */
export function notApprover(facts: {
  readonly email: string
  readonly organizations: readonly { readonly name: string; readonly role: string }[]
  readonly approverRoles: readonly string[]
}): ProblemText {
  return {
    title: 'You cannot approve this connection',
    paragraphs: [
      sayWhoIsThere(facts),
      `${onlyApprovers(facts.approverRoles)} Ask one of them to make the connection, or use another account.`,
    ],
  }
}

/** Too many failed sign-ins for one account or from one address. */
export function tooManyAttempts({ minutes }: { readonly minutes: number }): ProblemText {
  return {
    title: 'Too many attempts',
    paragraphs: [
      'There were too many sign-ins that failed, so no more are accepted for now.',
      `Wait ${toMinutes(minutes)}, then try again. If it was not you who tried, change your password.`,
    ],
  }
}

/** Too many connections were begun from one address. */
export function tooManyBegun({ minutes }: { readonly minutes: number }): ProblemText {
  return {
    title: 'Too many connections',
    paragraphs: [
      'Too many connections were begun from your network, so no more are accepted for now.',
      `Wait ${toMinutes(minutes)}, then start again in your AI client.`,
    ],
  }
}

/** The vendor's operator has to activate the organization first. */
export function pendingActivation(facts: { readonly organization: string }): ProblemText {
  return {
    title: 'Your organization is waiting for activation',
    paragraphs: [
      `The connection of ${toQuotedName(facts.organization)} was requested. The operator of this service activates each new organization once.`,
      'You need not do anything. When it is activated, start the connection again.',
    ],
  }
}

/** The organization's access over MCP is switched off. */
export function switchedOff(facts: { readonly organization: string }): ProblemText {
  return {
    title: 'Connections are switched off',
    paragraphs: [
      `Connections to programs are switched off for ${toQuotedName(facts.organization)}.`,
      'Ask an administrator of your organization to switch them on, then start the connection again.',
    ],
  }
}

/**
 * The operator has taken the connector out of service.
 *
 * @param facts.message what the operator says about it; `null` where there is nothing
 */
export function underMaintenance(facts: { readonly message: string | null }): ProblemText {
  const message = toDisplayText(facts.message ?? '', { maxChars: MAX_REASON_CHARS })
  const situation =
    'This service is being worked on, so nobody can connect for now. Connections that were made before are kept.'
  // How long it takes is the operator's to say.
  const paragraphs =
    message === ''
      ? [situation, 'Wait a few minutes, then start the connection again in your AI client.']
      : [situation, message, 'Once it is over, start the connection again in your AI client.']
  return { title: 'Back soon', paragraphs }
}

/** The authorization server refused the request: an unknown client, a wrong redirect URI and the like. */
export function refusedByServer(facts: {
  /** The code of RFC 6749, section 4.1.2.1, or a sibling. */
  readonly error: string
  readonly description: string | null
}): ProblemText {
  const error = toDisplayText(facts.error)
  const description = toDisplayText(facts.description ?? '', { maxChars: MAX_REASON_CHARS })
  return {
    title: 'This connection cannot be made',
    paragraphs: [
      'The program that sent you here asked in a way that cannot be accepted. This is not your mistake, and nothing was connected.',
      'Remove the connection in that program and add it again. If that does not help, send its makers the line below.',
      description === '' ? error : `${error}: ${description}`,
    ],
  }
}

/** The connector is reached with API keys only. */
export function noSignIn(facts: { readonly connectorTitle: string }): ProblemText {
  return {
    title: 'Nobody signs in here',
    paragraphs: [
      `The ${toDisplayText(facts.connectorTitle)} connector is reached with API keys only, so there is no account to sign in with. Nothing was connected.`,
      'Ask the operator of this service for an API key, and give it to the program that sent you here as its bearer token, in the header "Authorization: Bearer …".',
    ],
  }
}

/** Something failed that nobody planned for. */
export function serverError(): ProblemText {
  return {
    title: 'Something went wrong',
    paragraphs: [
      'An error on our side stopped the connection. Nothing was connected.',
      'Start the connection again from the program you came from. If it fails again, tell the support.',
    ],
  }
}

/** The same for an unknown account and a wrong password, so that nobody can find accounts with it. */
export function wrongCredentials(): string {
  return 'This was not accepted. Check every field and try again.'
}

/** The person or the identity provider ended the sign-in there. */
export function signInNotCompleted(): string {
  return 'The sign-in was not completed. Try again, or cancel.'
}

/** The sign-in could not be checked; the form is still good. */
export function signInUnavailable(): string {
  return 'We could not check your sign-in because the service is not answering. Try again in a minute.'
}

/** No organization was chosen on the consent page, or one that is not offered. */
export function chooseOrganization(): string {
  return 'Choose the organization that you want to connect.'
}

/** Nothing was chosen to be read. */
export function chooseScope(): string {
  return 'Choose at least one kind of data, or refuse the connection.'
}

/** Why an organization on the consent page cannot be chosen. */
export function cannotApprove(facts: {
  readonly role: string
  readonly approverRoles: readonly string[]
}): string {
  return `Your role here is ${toQuotedName(facts.role)}. ${onlyApprovers(facts.approverRoles)}`
}

/** Nobody but the client itself says what it is called. */
export function unverifiedClient({ name }: { readonly name: string }): string {
  const isNamed = toDisplayText(name) !== ''
  const what = isNamed
    ? `Nobody has checked the name ${toQuotedName(name)}: it is what the program calls itself.`
    : 'The program does not say what it is called.'
  return `${what} Only the address above is certain. Continue if you know it and started this yourself.`
}

/** The redirect ends on the person's own computer. */
export function loopbackClient(): string {
  return 'That address is this computer: the answer goes to a program that runs here. Continue only if you started the connection there a moment ago.'
}

/** What read-only means to the person who allows it. */
export function readOnlyPromises(facts: { readonly connectorTitle: string }): readonly string[] {
  return [
    'It can only read. Nothing can be created, changed or deleted.',
    `It sees what you may see in ${facts.connectorTitle} yourself, and nothing more.`,
    'You or an administrator of your organization can end the connection at any time.',
  ]
}

function onlyApprovers(roles: readonly string[]): string {
  return `Only ${sayWhoHas(roles)} can approve a connection.`
}

function toMinutes(minutes: number): string {
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}
