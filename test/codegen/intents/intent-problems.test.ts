import { describe, expect, it } from '@jest/globals'
import { problemsOf, reportIntent } from './fixture.ts'

describe('an intent', () => {
  it.each<[rule: string, from: string, to: string, problems: readonly string[]]>([
    ['finds nothing wrong with a right one', '', '', []],
    [
      'names an unknown tool and the one that was meant',
      'tool: orders.list',
      'tool: orders.lst',
      [
        '  allow-list.yaml:25:15 intents → largest → steps → 0 → tool',
        '    there is no tool "orders.lst"',
        '    → did you mean "orders.list"?',
      ],
    ],
    [
      'judges a value as the tool would',
      'state: open, limit',
      'state: opn, limit',
      [
        '  allow-list.yaml:26:29 intents → largest → steps → 0 → arguments → state',
        '    is no value for "state": must be equal to one of the allowed values: "open", "done"',
      ],
    ],
    [
      'names an unknown argument of a tool',
      'limit: 50',
      'limt: 50',
      [
        '  allow-list.yaml:26:35 intents → largest → steps → 0 → arguments → limt',
        '    orders.list has no argument "limt"',
        '    → did you mean "limit"?',
      ],
    ],
    [
      'compares the type of what a pointer leads to',
      'limit: 50',
      'limit: { pointer: /arguments/day }',
      [
        '  allow-list.yaml:26:42 intents → largest → steps → 0 → arguments → limit',
        '    "/arguments/day" is of type string, and "limit" takes integer',
      ],
    ],
    [
      'names an argument that a tool needs',
      '{ orderId: { pointer: /item/id } }',
      '{}',
      [
        '  allow-list.yaml:28:9 intents → largest → steps → 1',
        '    orders.get needs "orderId"',
        '    → give it under "arguments"',
      ],
    ],
    [
      'names an unknown member of an item',
      '{ pointer: /item/id }',
      '{ pointer: /item/ids }',
      [
        '  allow-list.yaml:31:31 intents → largest → steps → 1 → arguments → orderId',
        '    "/item/ids" leads nowhere: there is no "ids"',
        '    → did you mean "id"?',
      ],
    ],
    [
      'refuses the answer of a step that is still to come',
      '{ pointer: /item/id }',
      '{ pointer: /steps/details/0 }',
      [
        '  allow-list.yaml:31:31 intents → largest → steps → 1 → arguments → orderId',
        '    "/steps/details/0" leads nowhere: there is no "details"',
        '    → only earlier steps have an answer',
      ],
    ],
    [
      'refuses what is no pointer',
      '{ pointer: /item/id }',
      '{ pointer: item/id }',
      [
        '  allow-list.yaml:31:31 intents → largest → steps → 1 → arguments → orderId',
        '    "item/id" is no pointer',
        '    → write it as "/arguments/since"',
      ],
    ],
    [
      'names an unknown argument of the intent',
      '{ pointer: /item/id }',
      '{ pointer: /arguments/cunt }',
      [
        '  allow-list.yaml:31:31 intents → largest → steps → 1 → arguments → orderId',
        '    "/arguments/cunt" leads nowhere: there is no "cunt"',
        '    → did you mean "count"?',
      ],
    ],
    [
      'lists what is known of the moment',
      '{ pointer: /item/id }',
      '{ pointer: /context/tomorrow }',
      [
        '  allow-list.yaml:31:31 intents → largest → steps → 1 → arguments → orderId',
        '    "/context/tomorrow" leads nowhere: there is no "tomorrow"',
        '    → there are today, monthStart, quarterStart, yearStart, monthEnd, in30Days, baseCurrency',
      ],
    ],
    [
      'refuses a whole record as an argument',
      '{ pointer: /item/id }',
      '{ pointer: /item }',
      [
        '  allow-list.yaml:31:31 intents → largest → steps → 1 → arguments → orderId',
        '    "/item" is of type object, and "orderId" takes string',
      ],
    ],
    [
      'refuses an item where there is none',
      'limit: 50',
      'limit: { pointer: /item/total }',
      [
        '  allow-list.yaml:26:42 intents → largest → steps → 0 → arguments → limit',
        '    "/item/total" leads nowhere: there is no "item"',
        '    → there are arguments, context, steps',
      ],
    ],
    [
      'names an unknown member of an answer',
      'in: /steps/orders/data,',
      'in: /steps/orders/dat,',
      [
        '  allow-list.yaml:30:24 intents → largest → steps → 1 → forEach → in',
        '    "/steps/orders/dat" leads nowhere: there is no "dat"',
        '    → did you mean "data"?',
      ],
    ],
    [
      'refuses to run for each of what is no list',
      'in: /steps/orders/data,',
      'in: /steps/orders,',
      [
        '  allow-list.yaml:30:24 intents → largest → steps → 1 → forEach → in',
        '    "/steps/orders" leads to no list',
      ],
    ],
    [
      'refuses more reads than a call may make',
      'max: 10 }',
      'max: 1000 }',
      [
        '  allow-list.yaml:30:49 intents → largest → steps → 1 → forEach → max',
        '    must be at most 100',
      ],
    ],
    [
      'refuses pages where a tool has none',
      '{ orderId: { pointer: /item/id } }',
      '{ orderId: { pointer: /item/id } }\n        pages: 2',
      [
        '  allow-list.yaml:32:16 intents → largest → steps → 1 → pages',
        '    orders.get has no pages that could be read one after the other',
        '    → remove "pages"',
      ],
    ],
    [
      'refuses no page at all',
      'pages: 5',
      'pages: 0',
      ['  allow-list.yaml:27:16 intents → largest → steps → 0 → pages', '    must be at least 1'],
    ],
    [
      'names an unknown key of a step',
      'pages: 5',
      'page: 5',
      [
        '  allow-list.yaml:27:9 intents → largest → steps → 0 → page',
        '    unknown key "page"',
        '    → did you mean "pages"?',
      ],
    ],
    [
      'refuses two steps of one name',
      '- name: details',
      '- name: orders',
      [
        '  allow-list.yaml:28:15 intents → largest → steps → 1 → name',
        '    there is another step "orders"',
        '  allow-list.yaml:33:13 intents → largest → result → rows',
        '    "/steps/details" leads nowhere: there is no "details"',
        '    → there are orders',
      ],
    ],
    [
      'refuses rows of a step that there is not',
      'rows: /steps/details',
      'rows: /steps/detail',
      [
        '  allow-list.yaml:33:13 intents → largest → result → rows',
        '    "/steps/detail" leads nowhere: there is no "detail"',
        '    → did you mean "details"?',
      ],
    ],
    [
      'refuses rows that are no answer',
      'rows: /steps/details',
      'rows: /arguments/count',
      [
        '  allow-list.yaml:33:13 intents → largest → result → rows',
        '    "/arguments/count" leads to no answer of a step',
        '    → write it as /steps/NAME, with the way to its list',
      ],
    ],
    [
      'refuses a default of another type',
      'default: 3,',
      'default: three,',
      [
        '  allow-list.yaml:21:64 intents → largest → arguments → count → default',
        '    "three" is no value for "count": must be integer',
      ],
    ],
    [
      'refuses a default out of its bounds',
      'default: 3,',
      'default: 0,',
      [
        '  allow-list.yaml:21:64 intents → largest → arguments → count → default',
        '    0 is no value for "count": must be >= 1',
      ],
    ],
    [
      'refuses a day as the default of a number',
      'default: 3,',
      'default: { pointer: /context/today },',
      [
        '  allow-list.yaml:21:64 intents → largest → arguments → count → default',
        '    "/context/today" is a text, and "count" is none',
      ],
    ],
    [
      'refuses another argument as a default',
      'default: 3,',
      'default: { pointer: /arguments/day },',
      [
        '  allow-list.yaml:21:64 intents → largest → arguments → count → default',
        '    "/arguments/day" is no default',
        '    → a default is a value, or a pointer such as /context/monthStart',
      ],
    ],
    [
      'refuses bounds that leave nothing, and what is optional twice',
      'default: 3, minimum: 1',
      'default: 3, minimum: 4, maximum: 2, optional: true',
      [
        '  allow-list.yaml:21:64 intents → largest → arguments → count → default',
        '    3 is no value for "count": must be <= 2',
        '  allow-list.yaml:21:76 intents → largest → arguments → count → minimum',
        '    is above the maximum, 2',
        '  allow-list.yaml:21:91 intents → largest → arguments → count → optional',
        '    what has a default is optional already',
        '    → remove it',
      ],
    ],
    [
      'refuses a list of values of a number, and an example that is none',
      'type: integer, default: 3, minimum: 1',
      'type: integer, default: 3, enum: [a], examples: [x]',
      [
        '  allow-list.yaml:21:64 intents → largest → arguments → count → default',
        '    3 is no value for "count": must be equal to one of the allowed values: "a"',
        '  allow-list.yaml:21:67 intents → largest → arguments → count → enum',
        '    only a text has a list of values',
        '    → say type: string',
        '  allow-list.yaml:21:89 intents → largest → arguments → count → examples → 0',
        '    "x" is no value for "count": must be integer',
      ],
    ],
    [
      'refuses bounds of a day',
      'type: date,',
      'type: date, minimum: 1, maximum: 3,',
      [
        '  allow-list.yaml:22:52 intents → largest → arguments → day → minimum',
        '    only a number has a least value',
        '  allow-list.yaml:22:64 intents → largest → arguments → day → maximum',
        '    only a number has a largest value',
      ],
    ],
    [
      'refuses an argument that nothing is done with',
      '      day:',
      '      more: { description: Unused., type: string }\n      day:',
      [
        '  allow-list.yaml:22:7 intents → largest → arguments → more',
        '    nothing is done with this argument',
        '    → use it by { pointer: /arguments/more }, or remove it',
      ],
    ],
    [
      'refuses a step that nothing is done with',
      '      - name: details',
      '      - { name: unused, tool: orders.list }\n      - name: details',
      [
        '  allow-list.yaml:28:9 intents → largest → steps → 1',
        '    nothing is done with the answer of "unused"',
        '    → use it by a pointer such as /steps/unused, or remove the step',
      ],
    ],
    [
      'refuses a name that is no word',
      '  largest:',
      '  Largest:',
      [
        '  allow-list.yaml:16:3 intents → Largest',
        '    an intent is one camelCase word of at most 40 characters',
      ],
    ],
    [
      'refuses to list what is no tool',
      'title: The largest orders',
      'title: The largest orders\n    pinned: true',
      [
        '  allow-list.yaml:18:5 intents → largest → pinned',
        '    only a tool is listed',
        '    → say tool: true',
      ],
    ],
    [
      'refuses a description that is cut',
      'description: Which orders are the largest.',
      `description: ${'x'.repeat(1025)}`,
      [
        '  allow-list.yaml:18:5 intents → largest → description',
        '    has 1025 bytes; 1024 are shown',
      ],
    ],
    [
      'refuses a title that is cut',
      'title: The largest orders',
      `title: ${'x'.repeat(121)}`,
      ['  allow-list.yaml:17:5 intents → largest → title', '    has 121 bytes; 120 are shown'],
    ],
    [
      'lists what can be done with rows',
      '- pick: { id',
      '- pik: { id',
      [
        '  allow-list.yaml:35:11 intents → largest → result → reduce → 0',
        '    must be one of pick, expand, where, join, days, band, group, sort, top',
      ],
    ],
    [
      'refuses a field that is no word',
      '- pick: { id',
      '- pick: { Id',
      [
        '  allow-list.yaml:35:23 intents → largest → result → reduce → 0 → pick → Id',
        '    the name must be one camelCase word',
      ],
    ],
    [
      'finds what is wrong inside of an operation',
      '- group: { by: [id, band]',
      '- group: { by: id',
      [
        '  allow-list.yaml:39:24 intents → largest → result → reduce → 4 → group → by',
        '    must be a list',
      ],
    ],
    [
      'names an unknown key inside of an operation',
      '- sort: [{ by: total',
      '- sort: [{ bye: total',
      [
        '  allow-list.yaml:40:18 intents → largest → result → reduce → 5 → sort → 0',
        '    "by" is missing',
        '  allow-list.yaml:40:20 intents → largest → result → reduce → 5 → sort → 0 → bye',
        '    unknown key "bye"',
        '    → did you mean "by"?',
      ],
    ],
    [
      'refuses an intent without an utterance',
      'utterances: [largest orders]',
      'utterances: []',
      ['  allow-list.yaml:19:17 intents → largest → utterances', '    must not be empty'],
    ],
  ])('%s', async (_rule, from, to, problems) => {
    expect(problemsOf(await reportIntent(from, to))).toEqual(problems)
  })
})
