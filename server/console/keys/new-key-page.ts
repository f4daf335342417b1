import type { Template } from '../../pages/compile-templates.ts'
import { toDisplayText } from '../../pages/display-text.ts'
import { listScopes } from '../../scopes.ts'
import type { Connector } from '../../mcp/tool.ts'
import type { Answer } from '../answer.ts'
import { EXPIRIES, type Expiry } from './expiry.ts'
import type { KeyWish } from './wish.ts'

const LABELS: Readonly<Record<Expiry, string>> = {
  30: 'In 30 days',
  90: 'In 90 days',
  365: 'In a year',
  date: 'After this day:',
  never: 'Never, until somebody revokes it',
}

const EMPTY: KeyWish = { name: '', scopes: [], expiry: '90', date: '' }

const SIGN_IN_AGAIN = 'The key acts with your account, so you are asked to sign in once more.'

/** What a scope may need, before its description is more than that. */
const MAX_ABOUT_CHARS = 200

/** The form of a new key: empty, or with what was sent and has to be mended. */
export function createNewKeyPage(template: Template, connector: Connector) {
  const isService = connector.upstream.login.kind === 'service'

  function toPage({ name, scopes, expiry, date }: KeyWish, problem: string | null): Answer {
    return {
      kind: 'page',
      ...(problem !== null && { status: 422 }),
      template,
      heading: 'Make an API key',
      problem,
      context: {
        ...{ name, date },
        nextSteps: isService ? [] : [SIGN_IN_AGAIN],
        describedBy: problem === null ? [] : ['problem'],
        scopes: listScopes(connector).map((scope) => ({
          name: scope.name,
          title: toDisplayText(scope.title),
          about: toDisplayText(scope.description, { maxChars: MAX_ABOUT_CHARS }),
          state: scopes.includes(scope.name) ? 'checked' : '',
        })),
        expiries: EXPIRIES.map((value) => ({
          value,
          label: LABELS[value],
          state: value === expiry ? 'checked' : '',
          dates: value === 'date' ? [date] : [],
        })),
      },
    }
  }

  return {
    open: (): Answer => toPage(EMPTY, null),
    mend: (wish: KeyWish, problem: string): Answer => toPage(wish, problem),
  }
}
