import type { Page } from './browser-session.ts'
import { submitSignIn, type ConsoleVisitor } from './console-session.ts'
import { connect } from './oauth-client.ts'

/** What a person decides in a console, so that every page of it has something to show. */
export async function furnishConsole(
  visitor: ConsoleVisitor,
  options: {
    readonly origin: string
    readonly email: string
    readonly organization: string
    /** A word that stands in every name. */
    readonly mark: string
  },
): Promise<void> {
  const { origin, email, organization, mark } = options
  await connect(origin, { email, organization })
  for (const name of [`${mark} reports`, `${mark} archive`]) {
    await register(visitor, name)
  }
  const archive = await visitor.follow(await visitor.open('/console/clients'), `${mark} archive`)
  const question = await visitor.follow(archive, 'Switch it off')
  await visitor.press(question, 'Switch it off')
  await makeKey(visitor, `${mark} key`, email)
}

async function register(visitor: ConsoleVisitor, name: string): Promise<Page> {
  const form = await visitor.open('/console/clients/new?type=other')
  return visitor.press(form, 'Register it', {
    name,
    'redirect-uris': 'https://reports.example/callback',
  })
}

async function makeKey(visitor: ConsoleVisitor, name: string, email: string): Promise<Page> {
  const form = await visitor.open('/console/keys/new')
  const question = await visitor.press(form, 'Continue', { name, scope: ['invoices:read'] })
  return submitSignIn(visitor, question, { email })
}
