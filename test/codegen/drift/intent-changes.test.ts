import { describe, expect, it } from '@jest/globals'
import type { ChangeClass } from '../../../codegen/drift/change.ts'
import { compareManifests } from '../../../codegen/drift/manifest-changes.ts'
import type { JsonObject } from '../../../codegen/json.ts'

const COUNT = {
  ...{ type: 'integer', description: 'How many.', required: false, values: ['a', 'b'] },
  ...{ minimum: 1, maximum: 9, default: 3 },
} as const satisfies JsonObject

const INTENT = {
  ...{ title: 'Top', description: 'The top.', note: 'Gross.', utterances: ['top'] },
  ...{ tool: true, pinned: false, arguments: { count: COUNT } },
  ...{ steps: [{ name: 'one', tool: 'orders.list' }], result: { rows: '/steps/one' } },
} as const satisfies JsonObject

const PROMPT = {
  ...{ title: 'Ask', description: 'Asks.', text: 'What is {what}?', attach: [] },
  arguments: { what: { description: 'What.', required: true, values: null } },
} as const satisfies JsonObject

const OFFERS = {
  ...{ catalogue: 'auto', prefixes: ['shop://orders/'] },
  ...{ intents: { top: INTENT }, prompts: { ask: PROMPT }, research: { orders: { id: '/id' } } },
} as const satisfies JsonObject

const manifest = (offers: JsonObject | null): JsonObject => ({
  ...{ format: 2, connector: {}, tools: {} },
  ...(offers !== null && { offers }),
})

const intent = (change: JsonObject): JsonObject => ({
  ...OFFERS,
  intents: { top: { ...INTENT, ...change } },
})
const argument = (change: JsonObject): JsonObject =>
  intent({ arguments: { count: { ...COUNT, ...change } } })
const prompt = (change: JsonObject): JsonObject => ({
  ...OFFERS,
  prompts: { ask: { ...PROMPT, ...change } },
})

describe('what is offered beside tools', () => {
  it.each<[expected: ChangeClass, what: string, offers: JsonObject]>([
    ['breaking', 'namespace "orders": search looks there no more', { ...OFFERS, research: {} }],
    [
      'additive',
      'namespace "shops": search looks there now',
      { ...OFFERS, research: { ...OFFERS.research, shops: {} } },
    ],
    [
      'risky',
      'namespace "orders": what search and fetch give of it changed',
      { ...OFFERS, research: { orders: { id: '/uid' } } },
    ],
    ['breaking', 'intent "top": is gone', { ...OFFERS, intents: {} }],
    ['additive', 'intent "low": is new', { ...OFFERS, intents: { top: INTENT, low: INTENT } }],
    ['breaking', 'intent "top": is no longer a tool', intent({ tool: false })],
    ['risky', 'intent "top": steps changed: answers otherwise', intent({ steps: [] })],
    ['risky', 'intent "top": result changed: answers otherwise', intent({ result: {} })],
    ['risky', 'intent "top": the description changed', intent({ description: 'All.' })],
    ['risky', 'intent "top": the note changed', intent({ note: 'Net.' })],
    ['risky', 'intent "top": the utterances changed', intent({ utterances: ['best'] })],
    ['risky', 'intent "top": pinned changed from false to true', intent({ pinned: true })],
    ['cosmetic', 'intent "top": the title changed', intent({ title: 'Best' })],
    ['breaking', 'intent "top": argument "count": is gone', intent({ arguments: {} })],
    [
      'additive',
      'intent "top": argument "more": is new',
      intent({ arguments: { count: COUNT, more: COUNT } }),
    ],
    [
      'breaking',
      'intent "top": argument "more": is new and required',
      intent({ arguments: { count: COUNT, more: { ...COUNT, required: true } } }),
    ],
    ['breaking', 'argument "count": type changed', argument({ type: 'string' })],
    ['breaking', 'argument "count": required changed', argument({ required: true })],
    ['breaking', 'argument "count": values changed', argument({ values: ['a', 'c'] })],
    ['additive', 'argument "count": values changed', argument({ values: ['a', 'b', 'c'] })],
    ['additive', 'argument "count": values changed', argument({ values: null })],
    ['breaking', 'argument "count": minimum changed', argument({ minimum: 2 })],
    ['additive', 'argument "count": minimum changed', argument({ minimum: 0 })],
    ['breaking', 'argument "count": maximum changed', argument({ maximum: 8 })],
    ['additive', 'argument "count": maximum changed', argument({ maximum: null })],
    ['risky', 'argument "count": default changed', argument({ default: 4 })],
    ['risky', 'argument "count": description changed', argument({ description: 'So many.' })],
    ['breaking', 'prompt "ask": is gone', { ...OFFERS, prompts: {} }],
    ['risky', 'prompt "ask": the text changed', prompt({ text: 'Delete {what}.' })],
    ['risky', 'prompt "ask": the description changed', prompt({ description: 'Say.' })],
    ['risky', 'prompt "ask": attaches something else', prompt({ attach: ['shop://orders/1'] })],
    ['cosmetic', 'prompt "ask": the title changed', prompt({ title: 'Say' })],
    ['breaking', 'prompt "ask": argument "what": is gone', prompt({ arguments: {} })],
    ['breaking', 'nothing below "shop://orders/" is read', { ...OFFERS, prefixes: [] }],
    [
      'risky',
      'what is below "shop://" is read now',
      { ...OFFERS, prefixes: ['shop://orders/', 'shop://'] },
    ],
    ['risky', 'the kind of catalogue changed', { ...OFFERS, catalogue: 'search' }],
  ])('is %s where %s', (expected, what, offers) => {
    const { changes, note } = compareManifests(manifest(OFFERS), manifest(offers))

    expect(note).toBeNull()
    expect(changes).toEqual([
      expect.objectContaining({
        ...{ tool: null, class: expected },
        what: expect.stringContaining(what),
      }),
    ])
  })

  it('is additive where an intent becomes a tool', () => {
    const { changes } = compareManifests(manifest(intent({ tool: false })), manifest(OFFERS))

    expect(changes).toEqual([
      { class: 'additive', tool: null, what: 'intent "top": is a tool now', diff: null },
    ])
  })

  it('is breaking where a bound or a list of values is set that there was not', () => {
    const free = argument({ minimum: null, maximum: null, values: null })

    const { changes } = compareManifests(manifest(free), manifest(OFFERS))

    expect(changes.map((change) => change.class)).toEqual(['breaking', 'breaking', 'breaking'])
  })

  it('shows the words that are new to a model', () => {
    const { changes } = compareManifests(manifest(null), manifest(OFFERS))

    expect(changes).toEqual([
      expect.objectContaining({
        class: 'risky',
        what: 'what is below "shop://orders/" is read now',
      }),
      { class: 'additive', tool: null, what: 'intent "top": is new', diff: '{+The top.+}' },
      { class: 'additive', tool: null, what: 'prompt "ask": is new', diff: '{+Asks.+}' },
      expect.objectContaining({
        class: 'additive',
        what: 'namespace "orders": search looks there now',
      }),
    ])
  })

  it('is nothing where nothing changed', () => {
    expect(compareManifests(manifest(OFFERS), manifest(OFFERS)).changes).toEqual([])
  })
})
