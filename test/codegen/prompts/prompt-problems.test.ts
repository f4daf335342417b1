import { describe, expect, it } from '@jest/globals'
import { ALLOW_LIST, DOCUMENT, edit, generateFrom, reportOf } from '../fixture.ts'

/** The allow-list with something to read by its URI, and a prompt that begins at line 15. */
const withPrompt = (prompt: string) => `${ALLOW_LIST}    uri: shop://orders/{shop}
resources: { allowPrefixes: ['shop://orders/'] }
prompts:
${prompt}`

const REVIEW = `  review:
    title: Review
    description: Looks at a month.
    arguments:
      month: { description: Which month., values: [May, June] }
      shop: { description: Which shop., required: false }
    text: |
      Review {month}.
      Only the shop {shop}.
    attach: ['shop://orders/{shop}']
`
const review = (from: string, to: string) => withPrompt(edit(REVIEW, from, to))

const AT = 'allow-list.yaml'
const LONG = 'x'.repeat(2_100)

describe('prompts of the allow-list', () => {
  it('are good as they are written here', async () => {
    expect(await reportOf(DOCUMENT, withPrompt(REVIEW))).toBe('')
  })

  it.each<[rule: string, allowList: string, report: string]>([
    [
      'have names that clients can make a command of',
      review('review:', 'month review:'),
      `${AT}:15:3 prompts → month review\n    is no name for a prompt\n    → use letters, digits, "_" and "-", a letter first, at most 64 characters`,
    ],
    [
      'name no argument that they do not have, and are told which was meant',
      review('Review {month}.', 'Review {month} of {mont}.'),
      `${AT}:21:11 prompts → review → text\n    {mont} stands for no argument of this prompt\n    → did you mean "month"?`,
    ],
    [
      'are told what arguments there are where none is near',
      review('Review {month}.', 'Review {month} of {zzzzzz}.'),
      `${AT}:21:11 prompts → review → text\n    {zzzzzz} stands for no argument of this prompt\n    → add it under "arguments"; its arguments are month and shop`,
    ],
    [
      'are told that there are no arguments',
      withPrompt('  bare: { title: Bare, description: Bare., text: "Do {this}." }\n'),
      `${AT}:15:50 prompts → bare → text\n    {this} stands for no argument of this prompt\n    → add it under "arguments"; it has none`,
    ],
    [
      'name no such argument in what they attach either',
      review("attach: ['shop://orders/{shop}']", "attach: ['shop://orders/{shops}']"),
      `${AT}:24:14 prompts → review → attach → 0\n    {shops} stands for no argument of this prompt\n    → did you mean "shop"?`,
    ],
    [
      'have no argument that goes nowhere',
      review('Review {month}.', 'Review the month.'),
      `${AT}:19:7 prompts → review → arguments → month\n    goes nowhere: neither "text" nor "attach" names it\n    → write {month} into "text", or take the argument out`,
    ],
    [
      'have a line that is always there',
      review('Review {month}.', 'Review {month} of {shop}.'),
      `${AT}:21:11 prompts → review → text\n    every line names an argument that may be left out, and goes with it\n    → give the optional arguments lines of their own ("text: |")`,
    ],
    [
      'name each value of an argument once',
      review('[May, June]', '[May, June, May]'),
      `${AT}:19:63 prompts → review → arguments → month → values → 2\n    "May" is there already`,
    ],
    [
      'have short values',
      review('[May, June]', `[${'x'.repeat(201)}, June]`),
      `${AT}:19:52 prompts → review → arguments → month → values → 0\n    has 201 bytes; at most 200 are shown whole`,
    ],
    [
      'have a short title',
      review('title: Review', `title: ${'x'.repeat(121)}`),
      `${AT}:16:12 prompts → review → title\n    has 121 bytes; at most 120 are shown whole`,
    ],
    [
      'have a short description',
      review('Looks at a month.', LONG),
      `${AT}:17:18 prompts → review → description\n    has 2100 bytes; at most 1024 are shown whole`,
    ],
    [
      'describe arguments shortly',
      review('Which month.', LONG),
      `${AT}:19:29 prompts → review → arguments → month → description\n    has 2100 bytes; at most 1024 are shown whole`,
    ],
    [
      'have a text that is read whole',
      review('Review {month}.', `Review {month}. ${LONG}`),
      `${AT}:21:11 prompts → review → text\n    has 2138 bytes; at most 2048 are shown whole`,
    ],
    [
      'attach nothing beyond the prefixes',
      review("attach: ['shop://orders/{shop}']", "attach: ['shop://teams/{shop}']"),
      `${AT}:24:14 prompts → review → attach → 0\n    no allowed prefix covers this URI\n    → allowed are "shop://orders/"`,
    ],
    [
      'attach nothing that no tool reads, and are told what was meant',
      review("attach: ['shop://orders/{shop}']", "attach: ['shop://orders/all/{shop}']"),
      `${AT}:24:14 prompts → review → attach → 0\n    no tool reads this URI\n    → did you mean "shop://orders/{shop}"?`,
    ],
    [
      'attach nothing where nothing is read by its URI',
      edit(withPrompt(REVIEW), "resources: { allowPrefixes: ['shop://orders/'] }\n", '').replace(
        '    uri: shop://orders/{shop}\n',
        '',
      ),
      `${AT}:22:14 prompts → review → attach → 0\n    nothing is read by its URI here\n    → say which URIs may be read: resources: { allowPrefixes: […] }`,
    ],
    [
      'attach URIs whose braces are placeholders',
      review("attach: ['shop://orders/{shop}']", "attach: ['shop://orders/{shop*}']"),
      `${AT}:24:14 prompts → review → attach → 0\n    has braces that are no placeholder\n    → write {argument}, or {+argument} where the argument is a URI or a part of one`,
    ],
    [
      'attach a few things at most',
      review(
        "attach: ['shop://orders/{shop}']",
        `attach: [${"'shop://orders/{shop}', ".repeat(5)}]`,
      ),
      `${AT}:24:5 prompts → review → attach\n    has 5 entries; 4 are read for one prompt`,
    ],
  ])('%s', async (_rule, allowList, report) => {
    expect(await reportOf(DOCUMENT, allowList)).toBe(
      `error: 1 problem in the document or the allow-list\n  ${report}`,
    )
  })

  it('have a name that no intent has', async () => {
    const intent = `intents:
  review:
    title: Review
    description: Looks at orders.
    utterances: [what was ordered]
    arguments: { shop: { description: Which shop., type: string } }
    steps: [{ name: orders, tool: orders.list, arguments: { shop: { pointer: /arguments/shop } } }]
    result: { rows: /steps/orders/data }
`

    expect(await reportOf(DOCUMENT, withPrompt(REVIEW) + intent)).toBe(
      `error: 1 problem in the document or the allow-list\n  ${AT}:15:3 prompts → review\n    an intent is called "review", too; each intent is a prompt\n    → give one of them another name`,
    )
  })

  it.each([['shop://orders/{+shop}'], ['{+shop}'], ['shop://orders/main']])(
    'may attach %s',
    async (uri) => {
      const allowList = edit(
        review('Only the shop {shop}.', 'Only {shop}.'),
        "attach: ['shop://orders/{shop}']",
        `attach: ['${uri}']`,
      )

      expect(await reportOf(DOCUMENT, allowList)).toBe('')
    },
  )

  it('may attach the list of a namespace', async () => {
    const document = edit(
      DOCUMENT,
      'name: shop, in: query, required: true',
      'name: shop, in: query',
    )
    const prompt = (uri: string) =>
      withPrompt(`  all: { title: All, description: All., text: Show all., attach: ['${uri}'] }\n`)

    expect(await reportOf(document, prompt('shop://orders/'))).toBe('')
    expect(await reportOf(document, prompt('shop://orders/all/'))).toContain(
      'no tool reads this URI',
    )
  })

  it('are written without what nobody sees', async () => {
    const { files } = await generateFrom(
      DOCUMENT,
      review(
        'Review {month}.',
        'Review\u200b   {month}\u0007.\n\n\n\n      Then say {so}.',
      ).replace('shop: {', 'so: { description: "What\\nto\\u200b say" }\n      shop: {'),
    )

    expect(files.get('index.ts')).toContain(
      JSON.stringify('Review {month} .\n\nThen say {so}.\nOnly the shop {shop}.'),
    )
    expect(files.get('index.ts')).toContain(JSON.stringify('What to say'))
  })
})
