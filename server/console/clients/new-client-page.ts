import type { Template } from '../../pages/compile-templates.ts'
import type { ClientType } from '../../store/clients.ts'
import type { Answer } from '../answer.ts'
import { describeType } from './client-types.ts'
import type { ClientWish } from './wish.ts'

const SECRETS = [
  ['client', 'With a secret, which only the program has'],
  ['none', 'Without a secret: it runs on its users’ own computers (a public client, with PKCE)'],
] as const

/** The form of a new client: filled in for its type, or with what was sent and has to be mended. */
export function createNewClientPage(template: Template) {
  function toPage(wish: ClientWish, problem: string | null): Answer {
    const { type, name, redirectUris, isPublic } = wish
    const { title } = describeType(type)
    const chosen = isPublic ? 'none' : 'client'
    return {
      kind: 'page',
      ...(problem !== null && { status: 422 }),
      template,
      heading: `Register ${type === 'other' ? 'a client' : title}`,
      problem,
      context: {
        ...{ type, name },
        redirectUris: redirectUris.join('\n'),
        describedBy: problem === null ? [] : ['problem'],
        secretKinds: SECRETS.map(([value, label]) => ({
          ...{ value, label },
          state: value === chosen ? 'checked' : '',
        })),
      },
    }
  }

  return {
    open(type: ClientType): Answer {
      const { title, redirectUris, isPublic } = describeType(type)
      return toPage({ type, name: type === 'other' ? '' : title, redirectUris, isPublic }, null)
    },
    mend: (wish: ClientWish, problem: string): Answer => toPage(wish, problem),
  }
}
