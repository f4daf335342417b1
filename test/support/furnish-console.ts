import type { Page } from './browser-session.ts'
import { submitSignIn, type ConsoleVisitor } from './console-session.ts'
import { connect } from './oauth-client.ts'

/** Pages that are there once a console is furnished, and that only a form leads to. */
export const AFTER_FORMS = ['/console/tools/attachments.get/text/publish']

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
  await writeText(visitor, mark)
  await switchOff(visitor, 'taxGroups.list')
  await switchOff(visitor, 'suppliers')
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

/** Publishes two texts of a tool's own, one after the other, and leaves a draft of the next. */
async function writeText(visitor: ConsoleVisitor, mark: string): Promise<void> {
  const path = '/console/tools/attachments.get/text'
  const description = (version: number) => `What ${mark} files, version ${version}.`
  for (const version of [1, 2]) {
    const typed = { description: description(version) }
    const question = await visitor.press(await visitor.open(path), 'Save and publish…', typed)
    await visitor.press(question, 'Show it to models')
  }
  await visitor.press(await visitor.open(path), 'Save draft', { description: description(3) })
}

async function switchOff(visitor: ConsoleVisitor, name: string): Promise<Page> {
  const question = await visitor.open(`/console/tools/${name}/off`)
  return visitor.press(question, 'Switch off')
}
