import { describe, expect, it } from '@jest/globals'
import { toPlainText } from '../../../codegen/tool/plain-text.ts'

describe('toPlainText', () => {
  it.each([
    ['headings and rules', '# Title\n\ntext\n\n---\nmore', 'Title: text. more'],
    ['emphasis', '**bold**, *soft*, __bold__ and _soft_', 'bold, soft, bold and soft'],
    ['emphasis over two lines', 'a **very\nbold** word', 'a very bold word'],
    ['code', 'Use `a_b` or\n```json\n{}\n```', 'Use a_b or: {}'],
    ['escapes', 'the A\\_B file and `C\\_D`', 'the A_B file and C\\_D'],
    ['links and pictures', '[a page](https://x.example/a "b") ![pic](b.png)', 'a page pic'],
    ['links over two lines', 'see [a\npage](https://x.example/a)', 'see a page'],
    ['links with a pair of brackets', 'in [Form](https://x.example/F_(a)) here', 'in Form here'],
    ['linked pictures', '[![ok](a.svg)](https://x.example)', 'ok'],
    ['links by reference', 'see [the page][1].\n\n[1]: https://x.example/a', 'see the page.'],
    ['bare links', 'at <https://x.example/a>.', 'at https://x.example/a.'],
    ['lists and quotes', '- one\n* two\n> three', 'one; two. three'],
    ['nested lists', 'Has:\n  - one\n      - two.\n  - three', 'Has: one; two. three'],
    ['numbered lists', 'Steps\n\n1. ask\n2. read', 'Steps: 1. ask; 2. read'],
    ['wrapped items', '- one\n  more\n- two', 'one more; two'],
    ['tables', '| a | b |\n|---|---|\n| 1 | 2 |', 'a: b; 1: 2'],
    ['wide tables', 'One\n\na | b | c\n--- | --- | ---\n1 | 2 | `3`', 'One: a: b, c; 1: 2, 3'],
    ['alerts', '> [!NOTE]\n> Slow.\n\nRest', 'Note: Slow. Rest'],
    ['containers', ':::warning\nSlow.\n:::\nRest', 'Warning: Slow. Rest'],
    ['headings without a space', '###Rules###\n\nBe quick', 'Rules: Be quick'],
    ['a heading at the end', 'Lists boats.\n\n### Example', 'Lists boats.'],
    ['a note as heading', 'Lists boats.\n\n###### Note: Slow.', 'Lists boats. Note: Slow.'],
    ['HTML', '<p>One<br/>two</p><script>x</script> <b>th</b>ree<!-- four -->', 'One two. x three'],
    ['HTML lists', 'Either <ul><li>one</li><li>two</li></ul>', 'Either: one; two'],
    ['HTML headings', '<h2>Scope</h2><p>boats</p><p>more</p>', 'Scope: boats. more'],
    ['entities', 'a &lt; b &amp; c', 'a < b & c'],
    ['numeric entities', 'it&#39;s &#x2014; 5&#176;&hellip;', "it's — 5°…"],
  ])('removes the marks of %s', (_what, text, plain) => {
    expect(toPlainText(text)).toBe(plain)
  })

  it.each([
    ...['snake_case_name', '2 * 3 * 4', 'a <id> of it', 'x < y > z', '10% of #1', 'a-b - c'],
    ...[
      '#1 of all',
      '>= 5',
      'a | b',
      'items[0][name]',
      'filter[a](b',
      '^a\\.b$',
      '&unknown; &#9999999;',
    ],
  ])('leaves %s alone', (text) => expect(toPlainText(text)).toBe(text))

  it('ends no paragraph twice', () => {
    expect(toPlainText('Ask "why?"\n\nThen (as said).\n\nThen stop')).toBe(
      'Ask "why?" Then (as said). Then stop',
    )
  })

  it.each([
    ...[
      '[',
      '**a',
      '<a ',
      '_a',
      '`',
      '<!--',
      '| --- |',
      '![](',
      '\\_',
      '- ',
      '[a](b',
      '[](a(',
      '\n|',
    ],
    ...['[a][', '<https://', '&#', '# ', '\n> [!', '[a](b "', '\n- a'],
  ])('comes to an end with text that is made to take for ever: %j', (part) =>
    expect(toPlainText(part.repeat(20_000)).length).toBeLessThanOrEqual(part.length * 20_000),
  )
})
