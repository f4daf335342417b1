import { examplePrompt, promptArgument, promptIntent } from '../../support/prompts.ts'

/** Prompts of every kind, for the shipped connector. */
export const PROMPTS = [
  examplePrompt({ name: 'bare', title: 'Bare', description: 'Asks for nothing.' }),
  examplePrompt({
    name: 'contractCheck',
    arguments: [promptArgument('contractId'), promptArgument('focus', { required: false })],
    text: 'Check {contractId}.\nAbove all {focus}.',
    attach: ['flowtly://contracts/{contractId}'],
  }),
  examplePrompt({
    name: 'readIt',
    arguments: [promptArgument('uri'), promptArgument('other', { required: false })],
    text: 'Read {uri}.',
    attach: ['{+uri}', '{+other}'],
  }),
  examplePrompt({
    name: 'odd',
    arguments: [promptArgument('constructor', { required: false })],
    text: 'One.\nTwo {constructor}.',
  }),
  examplePrompt({
    name: 'toned',
    arguments: [promptArgument('tone', { values: ['friendly', 'firm', 'Final warning'] })],
    text: 'In a {tone} tone.',
  }),
]

/** An intent that is a prompt, and no tool. */
export const INTENTS = [
  promptIntent('cashToday', ['bankAccounts.list'], {
    arguments: {
      count: { description: 'How many.', type: 'integer', minimum: 1, maximum: 50, default: 5 },
      closed: { description: 'Also closed ones.', type: 'boolean', optional: true },
    },
    steps: [
      {
        ...{ name: 'accounts', tool: 'bankAccounts.list' },
        arguments: { limit: { pointer: '/arguments/count' } },
      },
    ],
    result: { rows: '/steps/accounts/data' },
  }),
]
