import { describe, expect, it } from '@jest/globals'
import createMarkdownIt from 'markdown-it'
import fc from 'fast-check'
import { rewriteProse } from '../../../site/markdown/rewrite-prose.ts'

const careless = createMarkdownIt({ html: true, linkify: false })

describe("somebody else's Markdown", () => {
  it.each<[what: string, given: string, want: string]>([
    ['paragraphs', 'One.\nStill one.\n\nTwo.', 'One. Still one.\n\nTwo.'],
    ['marks', '**a** *b* `c` ~~d~~ __e__', '**a** *b* `c` d **e**'],
    ['headings, as bold lines', '# One\n\nText\n\nTwo\n---', '**One**\n\nText\n\n**Two**'],
    ['lists', '- a\n- b\n  - c\n\n1. x\n2. y', '- a\n- b\n\n  - c\n\n1. x\n2. y'],
    ['quotes', '> a\n> b', '> a b'],
    ['code', '```js\nx\n```', '```\nx\n```'],
    ['an open fence, closed', '```\nx', '```\nx\n```'],
    ['links to the web', '[a](https://x.example/y "title")', '[a](<https://x.example/y>)'],
    ['references, in place', '[a]\n\n[a]: https://x.example', '[a](<https://x.example/>)'],
    [
      'addresses',
      'See https://x.example/a_b.',
      'See [https://x.example/a_b](<https://x.example/a_b>).',
    ],
    ['pictures, as links', '![p](https://x.example/p.png)', '[p](<https://x.example/p.png>)'],
    [
      'a picture without words',
      '![](https://x.example/p.png)',
      '[picture](<https://x.example/p.png>)',
    ],
    [
      'a linked picture',
      '[![p](https://x.example/p.png)](https://x.example)',
      '[p](<https://x.example/>)',
    ],
    [
      'links to elsewhere, as text',
      '[a](javascript:alert(1)) [b](/x) [c](data:text/html,x)',
      '\\[a\\](javascript:alert(1)) b \\[c\\](data:text/html,x)',
    ],
    [
      'raw HTML, as text',
      'a <b>c</b>\n\n<script>\nx\n</script>',
      'a \\<b>c\\</b>\n\n\\<script> x \\</script>',
    ],
    ['a comment', '<!-- hidden', '\\<!-- hidden'],
    ['tables', 'a | b\n--- | ---\n`c` \\| d | e', '| a | b |\n| --- | --- |\n| `c` \\| d | e |'],
    ['code in tables', 'a |\n--- |\n`c\\|d` |', '| a |\n| --- |\n| `c\\|d` |'],
    [
      'a picture that is none',
      '!https://x.example',
      '\\![https://x.example](<https://x.example/>)',
    ],
    ['nothing', ' \n ', ''],
  ])('keeps %s', (_what, given, want) => {
    expect(rewriteProse(given)).toBe(want)
  })

  it.each([
    '```',
    '~~~\n[',
    '<!--',
    '<details>',
    '- [',
    '> ```\n> x',
    '[Errors]: https://evil.example',
    '| a |\n| - |',
    '1. a\n\n   b',
    '    code',
    '[a](<https://x.example/)',
    '**a',
    '`',
    '\\',
  ])('does not reach into what follows: %j', (text) => {
    const html = careless.render(`${rewriteProse(text)}\n\n## Next\n\n[Errors] and \`code\`.\n`)

    expect(html).toContain('<h2>Next</h2>\n<p>[Errors] and <code>code</code>.</p>\n')
  })

  it('gives no element that it does not know, whatever is in it', () => {
    const pieces = fc.constantFrom(
      ...[
        '<',
        '>',
        '[',
        ']',
        '(',
        ')',
        '`',
        '*',
        '_',
        '#',
        '- ',
        '1. ',
        '\n',
        '\n\n',
        '|',
        '\\',
        '!',
      ],
      ...[
        '&lt;',
        'a',
        ' ',
        'https://x.example',
        'javascript:',
        'onerror=',
        'script',
        '"',
        "'",
        '~~~',
      ],
    )
    const known =
      /^<\/?(?:p|ul|ol|li|strong|em|code|pre|blockquote|a|br|table|thead|tbody|tr|th|td)\b/

    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const html = careless.render(rewriteProse(parts.join('')))
        const tags = html.match(/<[^>]*>/g) ?? []

        expect(tags.filter((tag) => !known.test(tag))).toEqual([])
        expect(tags.filter((tag) => /\son\w+=|href="(?!https?:)/i.test(tag))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})
