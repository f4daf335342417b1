import { compileTemplates } from '../../pages/compile-templates.ts'
import { toDisplayHost, toDisplayText } from '../../pages/display-text.ts'
import { CARD_PARTIALS } from '../../pages/templates.ts'
import type { SignIn } from '../../sign-in/sign-in.ts'
import { toShownValues } from '../../sign-in/typed-values.ts'
import { CONSOLE } from '../addresses.ts'
import type { Purpose } from './attempt.ts'

/** The console's sign-in, or its question who is there. */
export type SignInView = {
  readonly action: string
  readonly csrf: string
  readonly purpose: Purpose
  readonly signIn: SignIn
  /** The organization that this address belongs to; `null` where it serves all of them. */
  readonly realmName: string | null
  /** What was sent before; a password in it is never shown. */
  readonly form: URLSearchParams | null
  readonly problem: string | null
}

/** Gives a whole HTML document. */
export type SignInViews = (view: SignInView) => string

/** Makes the pages of one connector. */
export function createSignInViews({ title }: { readonly title: string }): SignInViews {
  const template = compileTemplates({
    partials: [CARD_PARTIALS],
    folder: new URL('../templates/', import.meta.url),
    names: ['sign-in', 'sign-in-elsewhere'],
  })
  const connector = toDisplayText(title)
  const [mark = ''] = connector.toUpperCase()

  return ({ action, csrf, purpose, signIn, realmName, form, problem }) => {
    const { heading, lead } = wordsFor(purpose, connector)
    const page = {
      ...{ connector, mark, heading, lead },
      pageTitle: `${problem === null ? '' : 'Problem: '}${heading} · ${connector}`,
      problems: problem === null ? [] : [problem],
      form: { action, csrf },
      waysBack: purpose === 'confirm' ? [{ href: CONSOLE.home, label: 'Cancel' }] : [],
      realms: realmName === null ? [] : [toDisplayText(realmName)],
    }
    if (signIn.kind === 'redirect') {
      const providerHost = toDisplayHost(signIn.providerHost)
      return template('sign-in-elsewhere')({ ...page, providerHost })
    }
    const values = toShownValues(signIn, form)
    return template('sign-in')({
      ...page,
      fields: signIn.fields.map((field) => ({
        ...field,
        value: values[field.name] ?? '',
        describedBy: problem === null ? [] : ['problem'],
      })),
    })
  }
}

function wordsFor(purpose: Purpose, connector: string) {
  if (purpose === 'open') {
    return {
      heading: 'Sign in to the console',
      lead: `With your ${connector} account. Here you see what AI clients are connected, and owners and admins decide what they may read.`,
    }
  }
  return {
    heading: 'Confirm that it is you',
    lead: `What you are about to make acts with your ${connector} account, so sign in once more.`,
  }
}
