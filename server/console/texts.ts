import type { ProblemText } from '../pages/views.ts'

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
