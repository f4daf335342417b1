import { describe, expect, it } from '@jest/globals'
import { problemsOf, reportReduction } from './fixture.ts'

describe('the reduction of an intent', () => {
  it.each<[rule: string, operations: readonly string[], problems: readonly string[]]>([
    [
      'follows what the document leaves open',
      [
        'join: { rows: /steps/orders/data, on: { field: id, pointer: /id }, pick: { any: /anything } }',
        'pick: { id: /id, deep: /any/deep/1 }',
        'expand: { in: /deep, keep: { id: /id }, pick: { what: /ever } }',
        'group: { by: [what], sum: { ids: id } }',
      ],
      [],
    ],
    [
      'names a pointer that leads nowhere',
      ['pick: { id: /ident }'],
      [
        '  allow-list.yaml:38:23 intents → largest → result → reduce → 3 → pick → id',
        '    "/ident" leads nowhere in a row: there is no "ident"',
        '    → there are id, total, state, due, tags',
      ],
    ],
    [
      'takes an index of a list, and no name',
      ['pick: { text: /tags/0, more: /tags/x }'],
      [
        '  allow-list.yaml:38:40 intents → largest → result → reduce → 3 → pick → more',
        '    "/tags/x" leads nowhere in a row: there is no "x"',
      ],
    ],
    [
      'names what is wrong with an expansion',
      ['expand: { in: /tags, keep: { id: /id }, pick: { tag: "", id: /x } }'],
      [
        '  allow-list.yaml:38:57 intents → largest → result → reduce → 3 → expand → pick',
        '    the rows have a field "id" already',
        '  allow-list.yaml:38:72 intents → largest → result → reduce → 3 → expand → pick → id',
        '    "/x" leads nowhere in a row: there is no "x"',
      ],
    ],
    [
      'refuses to expand what is no list',
      ['expand: { in: /total, pick: { tag: "" } }'],
      [
        '  allow-list.yaml:38:25 intents → largest → result → reduce → 3 → expand → in',
        '    "/total" leads to no list',
      ],
    ],
    [
      'names an unknown list to expand',
      ['expand: { in: /tgs, pick: { tag: "" } }'],
      [
        '  allow-list.yaml:38:25 intents → largest → result → reduce → 3 → expand → in',
        '    "/tgs" leads nowhere in a row: there is no "tgs"',
        '    → did you mean "tags"?',
      ],
    ],
    [
      'names an unknown field to narrow by',
      ['where: { field: stat, is: open }'],
      [
        '  allow-list.yaml:38:27 intents → largest → result → reduce → 3 → where → field',
        '    no row has a field "stat" here',
        '    → did you mean "state"?',
      ],
    ],
    [
      'refuses a condition that asks nothing',
      ['where: { field: state }'],
      [
        '  allow-list.yaml:38:18 intents → largest → result → reduce → 3 → where',
        '    asks nothing',
        '    → say one of is, not, from, to, present',
      ],
    ],
    [
      'names a value that a field never has',
      ['where: { field: state, is: opn }'],
      [
        '  allow-list.yaml:38:38 intents → largest → result → reduce → 3 → where → is',
        '    the field is never "opn"',
        '    → did you mean "open"?',
      ],
    ],
    [
      'names one of several values that a field never has',
      ['where: { field: state, not: [open, dne] }'],
      [
        '  allow-list.yaml:38:39 intents → largest → result → reduce → 3 → where → not',
        '    the field is never "dne"',
        '    → did you mean "done"?',
      ],
    ],
    [
      'refuses a bound of another type',
      ['where: { field: total, from: "3" }'],
      [
        '  allow-list.yaml:38:40 intents → largest → result → reduce → 3 → where → from',
        '    "3" is compared with a field of type number',
      ],
    ],
    [
      'refuses a list as a bound',
      ['where: { field: total, to: [3] }'],
      [
        '  allow-list.yaml:38:38 intents → largest → result → reduce → 3 → where → to',
        '    a list is no bound',
      ],
    ],
    [
      'refuses a pointer to another type as a bound',
      ['where: { field: total, to: { pointer: /arguments/day } }'],
      [
        '  allow-list.yaml:38:38 intents → largest → result → reduce → 3 → where → to',
        '    "/arguments/day" can never be what "total" is, of type number',
      ],
    ],
    [
      'names a pointer of a condition that leads nowhere',
      ['where: { field: total, to: { pointer: /arguments/dy } }'],
      [
        '  allow-list.yaml:38:38 intents → largest → result → reduce → 3 → where → to',
        '    "/arguments/dy" leads nowhere: there is no "dy"',
        '    → did you mean "day"?',
      ],
    ],
    ['lets a field be compared with nothing', ['where: { field: state, not: null }'], []],
    [
      'names what is wrong with a join',
      [
        'join: { rows: /steps/orders/data, on: { field: ids, pointer: /ids }, pick: { state: /state, name: /buyer/nme } }',
      ],
      [
        '  allow-list.yaml:38:58 intents → largest → result → reduce → 3 → join → on → field',
        '    no row has a field "ids" here',
        '    → did you mean "id"?',
        '  allow-list.yaml:38:72 intents → largest → result → reduce → 3 → join → on → pointer',
        '    "/ids" leads nowhere in a row: there is no "ids"',
        '    → did you mean "id"?',
        '  allow-list.yaml:38:86 intents → largest → result → reduce → 3 → join → pick',
        '    the rows have a field "state" already',
        '  allow-list.yaml:38:109 intents → largest → result → reduce → 3 → join → pick → name',
        '    "/buyer/nme" leads nowhere in a row: there is no "nme"',
        '    → did you mean "name"?',
      ],
    ],
    [
      'names unknown rows to join',
      [
        'join: { rows: /steps/order/data, on: { field: id, pointer: /id }, pick: { name: /buyer/name } }',
      ],
      [
        '  allow-list.yaml:38:25 intents → largest → result → reduce → 3 → join → rows',
        '    "/steps/order/data" leads nowhere: there is no "order"',
        '    → did you mean "orders"?',
      ],
    ],
    [
      'knows the fields that a join adds',
      [
        'join: { rows: /steps/orders/data, on: { field: id, pointer: /id }, pick: { name: /buyer/name } }',
        'sort: [{ by: name }]',
      ],
      [],
    ],
    [
      'names what is wrong with counted days',
      ['days: { from: total, to: 3, as: id }'],
      [
        '  allow-list.yaml:38:25 intents → largest → result → reduce → 3 → days → from',
        '    the field "total" is of type number',
        '    → a day is needed here',
        '  allow-list.yaml:38:36 intents → largest → result → reduce → 3 → days → to',
        '    is no day',
        '  allow-list.yaml:38:43 intents → largest → result → reduce → 3 → days → as',
        '    the rows have a field "id" already',
      ],
    ],
    [
      'names what is wrong with bands',
      ['band: { of: tags, as: b, bands: [{ label: a }, { upTo: 3, label: b }] }'],
      [
        '  allow-list.yaml:38:23 intents → largest → result → reduce → 3 → band → of',
        '    the field "tags" is of type array',
        '    → a number is needed here',
        '  allow-list.yaml:38:44 intents → largest → result → reduce → 3 → band → bands → 0',
        '    only the last band is without "upTo"',
        '    → no band behind it would be reached',
        '  allow-list.yaml:38:58 intents → largest → result → reduce → 3 → band → bands → 1',
        '    the last band takes the rest, and has no "upTo"',
        '    → add a band without it',
      ],
    ],
    [
      'refuses bands that do not rise',
      [
        'band: { of: total, as: b, bands: [{ upTo: 3, label: a }, { upTo: 3, label: b }, { label: c }] }',
      ],
      [
        '  allow-list.yaml:38:68 intents → largest → result → reduce → 3 → band → bands → 1',
        '    "upTo" is not above the one before, 3',
      ],
    ],
    [
      'refuses a group of nothing',
      ['group: { by: [] }'],
      [
        '  allow-list.yaml:38:18 intents → largest → result → reduce → 3 → group',
        '    makes rows of nothing',
      ],
    ],
    [
      'refuses a field twice, and to add up lists',
      ['group: { by: [id], sum: { id: total, t: total, x: tags } }'],
      [
        '  allow-list.yaml:38:18 intents → largest → result → reduce → 3 → group',
        '    makes the field "id" twice',
        '  allow-list.yaml:38:61 intents → largest → result → reduce → 3 → group → sum → x',
        '    the field "tags" is of type array',
        '    → a number is needed here',
      ],
    ],
    [
      'names unknown fields of a group',
      ['group: { by: [ids], sum: { t: totl }, min: { m: mm }, max: { m2: mx } }'],
      [
        '  allow-list.yaml:38:25 intents → largest → result → reduce → 3 → group → by → 0',
        '    no row has a field "ids" here',
        '    → did you mean "id"?',
        '  allow-list.yaml:38:41 intents → largest → result → reduce → 3 → group → sum → t',
        '    no row has a field "totl" here',
        '    → did you mean "total"?',
        '  allow-list.yaml:38:59 intents → largest → result → reduce → 3 → group → min → m',
        '    no row has a field "mm" here',
        '    → there are id, total, state, due, tags',
        '  allow-list.yaml:38:76 intents → largest → result → reduce → 3 → group → max → m2',
        '    no row has a field "mx" here',
        '    → there are id, total, state, due, tags',
      ],
    ],
    [
      'knows that a group leaves the other fields out',
      ['group: { by: [id] }', 'sort: [{ by: total }]'],
      [
        '  allow-list.yaml:39:24 intents → largest → result → reduce → 4 → sort → 0 → by',
        '    no row has a field "total" here',
        '    → there are id',
      ],
    ],
    [
      'names an unknown field to sort by',
      ['sort: [{ by: totl }]'],
      [
        '  allow-list.yaml:38:24 intents → largest → result → reduce → 3 → sort → 0 → by',
        '    no row has a field "totl" here',
        '    → did you mean "total"?',
      ],
    ],
    [
      'refuses to keep no row',
      ['top: { count: 0 }'],
      [
        '  allow-list.yaml:38:25 intents → largest → result → reduce → 3 → top → count',
        '    must be a whole number above 0, or a pointer to one',
      ],
    ],
    [
      'refuses to keep as many as a day',
      ['top: { count: { pointer: /arguments/day } }'],
      [
        '  allow-list.yaml:38:25 intents → largest → result → reduce → 3 → top → count',
        '    "/arguments/day" is no whole number',
        '    → say type: integer',
      ],
    ],
    [
      'names an unknown field to keep rows by',
      ['top: { count: 3, per: [stat] }'],
      [
        '  allow-list.yaml:38:34 intents → largest → result → reduce → 3 → top → per → 0',
        '    no row has a field "stat" here',
        '    → did you mean "state"?',
      ],
    ],
  ])('%s', async (_rule, operations, problems) => {
    expect(problemsOf(await reportReduction(...operations))).toEqual(problems)
  })
})
