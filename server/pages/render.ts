import { toConsentContext } from './consent-context.ts'
import { toDisplayHost, toDisplayText } from './display-text.ts'
import { compilePages } from './templates.ts'
import type {
  ConsentView,
  ProblemView,
  ProblemWithCancelView,
  SignInElsewhereView,
  SignInView,
} from './views.ts'

/** Every page for people; each function gives a whole HTML document. */
export type Pages = {
  readonly signIn: (view: SignInView) => string
  readonly signInElsewhere: (view: SignInElsewhereView) => string
  readonly consent: (view: ConsentView) => string
  readonly problem: (view: ProblemView) => string
  readonly problemWithCancel: (view: ProblemWithCancelView) => string
}

/**
 * Reads the templates once and gives the pages of one connector. They need no JavaScript; they do
 * need the files of `assets.ts` and the headers of `security-headers.ts`.
 *
 * @param options.title the connector's title, on top of every page
 * @throws {Error} where a template does not parse
 */
export function createPages({ title }: { readonly title: string }): Pages {
  const template = compilePages()
  const connector = toDisplayText(title)
  const [mark = ''] = connector.toUpperCase()

  function toPage(heading: string, problem: string | null) {
    const prefix = problem === null ? '' : 'Problem: '
    const pageTitle = `${prefix}${heading} · ${connector}`
    return { connector, mark, heading, pageTitle, problems: toList(problem) }
  }

  return {
    signIn: ({ action, csrf, fields, values, realmName, problem, ...client }) =>
      template('sign-in')({
        ...toPage(`Sign in to ${connector}`, problem),
        ...toClient(client),
        form: { action, csrf },
        realms: toList(realmName).map((name) => toDisplayText(name)),
        fields: fields.map((field) => ({
          ...field,
          value: field.type === 'password' ? '' : (values[field.name] ?? ''),
          describedBy: toDescribedBy(problem),
        })),
      }),
    signInElsewhere: ({ action, csrf, providerHost, problem, ...client }) =>
      template('sign-in-elsewhere')({
        ...toPage(`Sign in to ${connector}`, problem),
        ...toClient(client),
        form: { action, csrf },
        providerHost: toDisplayHost(providerHost),
      }),
    consent: ({ problem, ...view }) =>
      template('consent')({
        ...toPage(`Connect ${toClientName(view.client.name)} to ${connector}`, problem),
        ...toConsentContext(view),
        clientName: toClientName(view.client.name),
        describedBy: toDescribedBy(problem),
      }),
    problem: ({ title: heading, paragraphs, reference, action }) =>
      template('problem')({
        ...toPage(heading, null),
        paragraphs,
        references: toList(reference),
        links: toList(action),
      }),
    problemWithCancel: ({ title: heading, paragraphs, reference, action, csrf }) =>
      template('problem-with-cancel')({
        ...toPage(heading, null),
        paragraphs,
        references: toList(reference),
        form: { action, csrf },
      }),
  }
}

function toClient({ clientName, redirectHost }: { clientName: string; redirectHost: string }) {
  return { clientName: toClientName(clientName), redirectHost: toDisplayHost(redirectHost) }
}

function toClientName(name: string): string {
  const text = toDisplayText(name)
  return text === '' ? 'A program without a name' : text
}

/** Only a problem that is on the page can describe a field. */
function toDescribedBy(problem: string | null): readonly string[] {
  return toList(problem).map(() => 'problem')
}

/** Templates have no conditions: what is absent is an empty list. */
function toList<Value>(value: Value | null): readonly Value[] {
  return value === null ? [] : [value]
}
