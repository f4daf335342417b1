import { toQuotedName } from '../pages/display-text.ts'
import type { ProblemText } from '../pages/views.ts'
import { sayWhoHas, sayWhoIsThere, toShownEmail } from '../pages/wording.ts'

/** A sign-in that took too long, was used already, or began in another browser. */
export function signInExpired(): ProblemText {
  return {
    title: 'This sign-in has expired',
    paragraphs: [
      'For your safety a sign-in is open for a short time only, works once, and only in the browser that started it.',
      'Nothing was changed. Sign in again.',
    ],
  }
}

/** The session has ended while a page was open. */
export function signedOut(): ProblemText {
  return {
    title: 'You are no longer signed in',
    paragraphs: [
      'A session ends after half an hour without use. Nothing was sent or changed.',
      'If you have written something on this page, copy it first. Then sign in again.',
    ],
  }
}

/** The identity provider did not say who it is. */
export function signInNotCompleted(): string {
  return 'The sign-in was not completed. Try again.'
}

/** The upstream could not be asked who is signed in, for longer than its last answer holds. */
export function upstreamAway(): ProblemText {
  return {
    title: 'The service is not answering',
    paragraphs: [
      'We could not reach the service that knows who you are and what you may decide.',
      'Nothing was changed. Wait a few minutes, then try again.',
    ],
  }
}

/** The account belongs to no organization, or to none that this address serves. */
export function noOrganization({ email }: { readonly email: string }): ProblemText {
  return {
    title: 'There is no organization here',
    paragraphs: [
      `You are signed in as ${toShownEmail(email)}, but this account does not belong to any organization that this address serves.`,
      'Ask an administrator of your organization for an invitation, or sign out and use another account.',
    ],
  }
}

/** The account's role may decide in none of its organizations. */
export function notApprover(facts: {
  readonly email: string
  readonly organizations: readonly { readonly name: string; readonly role: string }[]
  readonly approverRoles: readonly string[]
}): ProblemText {
  return {
    title: 'This page is for administrators',
    paragraphs: [
      sayWhoIsThere(facts),
      `Only ${sayWhoHas(facts.approverRoles)} decides here what AI clients may read. What you have connected yourself is on a page of your own.`,
    ],
  }
}

/** The vendor's operator has to activate the organization first. */
export function waiting({ name }: { readonly name: string }): ProblemText {
  return {
    title: 'Your organization is waiting for activation',
    paragraphs: [
      `The operator of this service activates each new organization once, and ${toQuotedName(name)} is not activated yet.`,
      'You need not do anything. Come back when it is.',
    ],
  }
}

/** The form is about another organization than the one that the member looks at by now. */
export function otherOrganization(looksAt: { readonly name: string } | null): ProblemText {
  const now = looksAt === null ? 'none' : toQuotedName(looksAt.name)
  return {
    title: 'You look at another organization now',
    paragraphs: [
      `The page that you sent is about one organization, but in another window you have gone to ${now} since.`,
      'Nothing was changed. Go back to the console, and choose the organization that you mean.',
    ],
  }
}

/** A form that no page of the session held. */
export function foreignForm(): ProblemText {
  return {
    title: 'This form is not from here',
    paragraphs: [
      'For your safety a form is accepted only from a page of this console that you opened while signed in.',
      'Nothing was changed. Go back to the console and try again.',
    ],
  }
}

/** Something failed that nobody planned for. */
export function consoleFailed(): ProblemText {
  return {
    title: 'Something went wrong',
    paragraphs: [
      'An error on our side stopped this page. What you were changing may not have been changed: look before you try again.',
      'If it fails again, tell the support.',
    ],
  }
}

/** There is nothing with this name or id, or it belongs to somebody else. */
export function notHere(what: string): ProblemText {
  return {
    title: 'There is nothing here',
    paragraphs: [
      `There is no such ${what} in your organization. It may have been removed meanwhile.`,
    ],
  }
}

/** Somebody else proved who they are than the one who is signed in. */
export function otherMember(): string {
  return 'That is another account than the one you are signed in with. Use the same one.'
}
