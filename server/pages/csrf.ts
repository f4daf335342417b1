import { createHmac } from 'node:crypto'
import { isEqualSecret } from '../hash.ts'

/** Which forms a token is for: those of an interaction, or those of the console. */
export type FormStep = 'sign-in' | 'consent' | 'console-sign-in' | 'console'

/**
 * Proves that a form was shown by us, to this browser, at this step: an id is an interaction's, a sign-in's or
 * a session's.
 */
export type Csrf = {
  readonly issue: (id: string, step: FormStep) => string
  readonly isValid: (given: string, id: string, step: FormStep) => boolean
}

/** Makes the proof; a page of another origin can read neither the form nor the token in it. */
export function createCsrf(key: Buffer): Csrf {
  const issue: Csrf['issue'] = (id, step) =>
    createHmac('sha256', key).update(`${id}:${step}`).digest('base64url')
  return { issue, isValid: (given, id, step) => isEqualSecret(given, issue(id, step)) }
}
