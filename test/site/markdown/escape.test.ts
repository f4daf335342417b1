import { describe, expect, it } from '@jest/globals'
import createMarkdownIt from 'markdown-it'
import fc from 'fast-check'
import { toCode, toCodeCell, toFence, toJsonFence, toText } from '../../../site/markdown/escape.ts'

/** As another reader of our Markdown would be: raw HTML lives there, and addresses become links. */
const careless = createMarkdownIt({ html: true, linkify: false })

/** Text that has tried to be something else before. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '![beacon](https://evil.example/p.png)',
  '[click](javascript:alert(1))',
  '<javascript:alert(1)>',
  '`code` ``` and ```` more',
  'a | b || c \\| d',
  '# heading',
  '- item',
  '1. item',
  '12) item',
  '> quote',
  '===',
  '---',
  '***bold*** __bold__ _em_ ~~gone~~',
  'a_b_c __init__ snake_case',
  '&lt;b&gt; &#60;b&#62; &copy;',
  '[ref]: https://evil.example',
  '[^1] [ref][ref] ![x][y]',
  'back\\slash \\* \\',
  ':--- | ---:',
  '+ plus',
  'Invoices (sales), 100% & more!',
] as const

function readParagraph(markdown: string): string {
  return careless
    .render(markdown)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

describe('a text in a line', () => {
  it.each(HOSTILE)('is shown as it is: %s', (text) => {
    expect(readParagraph(toText(text))).toBe(`<p>${text}</p>\n`)
  })

  it.each(HOSTILE)('is shown as it is behind other words, and in a link: %s', (text) => {
    expect(readParagraph(`See ${toText(text)}`)).toBe(`<p>See ${text}</p>\n`)
    expect(readParagraph(`[${toText(text)}](/x)`)).toBe(`<p><a href="/x">${text}</a></p>\n`)
  })

  it.each(HOSTILE)('stays in its cell of a table: %s', (text) => {
    const table = `| a | b |\n| --- | --- |\n| ${toText(text)} | z |`

    expect(readParagraph(table)).toContain(`<td>${text}</td>\n<td>z</td>`)
  })

  it('is shown as it is, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (text) => {
        const plain = text
          .replaceAll(/\s/g, ' ')
          .replaceAll(/\p{Cc}/gu, '')
          .replaceAll(/ {2,}/g, ' ')
          .trim()

        expect(readParagraph(toText(text))).toBe(plain === '' ? '' : `<p>${plain}</p>\n`)
      }),
      { numRuns: 500 },
    )
  })

  it('loses what nobody sees, and keeps what scripts need', () => {
    const text = 'a\u202eb\u2066c\u200bd\u0007e\nf\u2028g می\u200cخواهم'

    expect(toText(text)).toBe('abcde f g می\u200cخواهم')
  })

  it('stays readable where nothing has to be escaped', () => {
    expect(toText('Dates are YYYY-MM-DD; page_size is 1.5 (max. 100).')).toBe(
      'Dates are YYYY-MM-DD; page_size is 1.5 (max. 100).',
    )
  })
})

describe('a code span', () => {
  it.each(HOSTILE)('shows what it is given: %s', (text) => {
    expect(readParagraph(`See ${toCode(text)}.`)).toBe(`<p>See <code>${text}</code>.</p>\n`)
  })

  it.each(HOSTILE)('shows it in a cell, too: %s', (text) => {
    const table = `| a | b |\n| --- | --- |\n| ${toCodeCell(text)} | z |`

    expect(readParagraph(table)).toContain(`<td><code>${text}</code></td>\n<td>z</td>`)
  })

  it.each([
    ['', '` `'],
    ['`', '`` ` ``'],
    [' a ', '`  a  `'],
    ['a\nb', '`a b`'],
    ['a\u202eb', '`a\\u202eb`'],
  ])('has a fence that fits %j', (text, expected) => {
    expect(toCode(text)).toBe(expected)
  })
})

describe('a block of code', () => {
  it.each(['```\n# out', '````\n```', '~~~\nx', '</code></pre><script>1</script>', '    indented'])(
    'cannot be ended by what is in it: %j',
    (code) => {
      const html = readParagraph(`${toFence(code, 'sh')}\n\nafter`)

      expect(html).toBe(`<pre><code class="language-sh">${code}\n</code></pre>\n<p>after</p>\n`)
    },
  )

  it('makes visible what is not, and stays the same JSON', () => {
    const value = { 'a\u202e': '``` \u2066x\u2069 \ud800', list: [1, null] }
    const block = toJsonFence(value)
    const inner = block.split('\n').slice(1, -1).join('\n')

    expect(block.startsWith('````json\n')).toBe(true)
    expect(inner).not.toMatch(/[\p{Cf}\p{Cs}]/u)
    expect(JSON.parse(inner)).toEqual(value)
  })
})
