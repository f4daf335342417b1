import { createHmac } from 'node:crypto'
import { isEqualSecret } from '../../hash.ts'

/** Which of an interaction's forms a token is for. */
export type FormStep = 'sign-in' | 'consent'

/** Proves that a form was shown by us, in this interaction, at this step. */
export type Csrf = {
  readonly issue: (uid: string, step: FormStep) => string
  readonly isValid: (given: string, uid: string, step: FormStep) => boolean
}

/** Makes the proof; a page of another origin can read neither the form nor the token in it. */
export function createCsrf(key: Buffer): Csrf {
  const issue: Csrf['issue'] = (uid, step) =>
    createHmac('sha256', key).update(`${uid}:${step}`).digest('base64url')
  return { issue, isValid: (given, uid, step) => isEqualSecret(given, issue(uid, step)) }
}
