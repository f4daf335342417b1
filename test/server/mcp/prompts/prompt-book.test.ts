import { describe, expect, it } from '@jest/globals'
import type { Identity } from '../../../../server/access/identity.ts'
import { loadConnector } from '../../../../server/connector.ts'
import { createCatalogue } from '../../../../server/mcp/catalogue.ts'
import { createPromptBook } from '../../../../server/mcp/prompts/prompt-book.ts'
import { examplePrompt, promptArgument, promptIntent } from '../../../support/prompts.ts'

const { connector: shipped } = await loadConnector('flowtly')
const PROMPT = examplePrompt({
  name: 'compare',
  arguments: [promptArgument('contract'), promptArgument('invoice', { required: false })],
  text: 'Compare {contract}.\nWith {invoice}.',
  attach: ['flowtly://contracts/{contract}', 'flowtly://invoices/{invoice}'],
})
const GIVEN = { contract: 'ctr_1', invoice: 'inv_1' }

const INTENT = promptIntent('cash', ['bankAccounts.list', 'transactions.list'])

/** A member with some scopes, or all of them. */
function memberWith(scopes: readonly string[] | null): Identity {
  return {
    member: { id: 'm', email: 'm@acme.example', name: 'M' },
    organization: { id: 'acme', name: 'Acme', role: 'owner', status: 'active' },
    ...{ kind: 'oauth', scopes, client: null },
    credential: { open: () => ({}), renew: () => Promise.resolve(null), end: async () => {} },
  }
}

/** The book of a connector with that prompt and that intent, for organizations without some tools. */
function bookWithout(...off: readonly string[]) {
  const connector = { ...shipped, prompts: [PROMPT], intents: [INTENT] }
  const switchboard = {
    isOff: (_organizationId: string, name: string) => off.includes(name),
    isUsual: () => true,
    revision: () => 0,
  }
  const texts = { of: () => null }
  const catalogue = createCatalogue({
    ...{ connector, names: 'dotted', switchboard, texts, own: [], isSearched: false },
  })
  return createPromptBook({ connector, catalogue })
}

describe('what a prompt reads', () => {
  it.each<[rule: string, args: unknown, expected: object | null]>([
    [
      'needs the scopes of all of it',
      GIVEN,
      { tool: 'contracts.get', scopes: ['contracts:read', 'invoices:read'] },
    ],
    [
      'is only what was given',
      { invoice: 'inv_1' },
      { tool: 'invoices.get', scopes: ['invoices:read'] },
    ],
    ['is nothing where nothing was given', {}, null],
    ['is nothing where that is no text', { contract: 5, invoice: '' }, null],
    ['is nothing where there are no arguments', 'contract', null],
  ])('%s', (_rule, args, expected) => {
    expect(bookWithout()?.describeGet('compare', args, 'acme')).toEqual(expected)
  })

  it('is nothing of a prompt that nobody knows', () => {
    expect(bookWithout()?.describeGet('constructor', GIVEN, 'acme')).toBeNull()
  })

  it('is nothing where one of the tools is switched off: the prompt does not exist then', () => {
    expect(bookWithout('invoices.get')?.describeGet('compare', GIVEN, 'acme')).toBeNull()
  })
})

describe('an intent that is a prompt only', () => {
  const isThere = (scopes: readonly string[] | null, ...off: readonly string[]) => {
    const book = bookWithout(...off)
    const member = memberWith(scopes)
    const isListed = book?.listFor(member).some(({ name }) => name === 'cash')
    const isFound = book?.find('cash', member) !== null
    return { isListed, isFound }
  }

  it.each<[rule: string, scopes: readonly string[] | null, off: readonly string[], is: boolean]>([
    ['is there for whoever may read everything', null, [], true],
    ['is there with the scopes of its tools', ['bankAccounts:read', 'transactions:read'], [], true],
    ['is not there without one of them', ['bankAccounts:read'], [], false],
    ['is not there where one of its tools is switched off', null, ['transactions.list'], false],
    ['is there where another tool is switched off', null, ['invoices.list'], true],
  ])('%s', (_rule, scopes, off, is) => {
    expect(isThere(scopes, ...off)).toEqual({ isListed: is, isFound: is })
  })
})
