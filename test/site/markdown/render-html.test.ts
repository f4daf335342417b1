import { describe, expect, it } from '@jest/globals'
import { renderHtml } from '../../../site/markdown/render-html.ts'

describe('the HTML of a page', () => {
  it('names every heading, and each by another id', () => {
    const { html, headings } = renderHtml('# A b\n\n## `x.y`\n\n## X, y!\n\n## 日本\n\n## ?')

    expect(headings.map(({ level, id }) => [level, id])).toEqual([
      [1, 'a-b'],
      [2, 'x-y'],
      [2, 'x-y-2'],
      [2, '日本'],
      [2, 'section'],
    ])
    for (const { id } of headings) expect(html).toContain(`id="${id}"`)
  })

  it('lets the keyboard reach what can be scrolled, with a name', () => {
    const { html } = renderHtml('## A "b"\n\n| x |\n| :-: |\n| y |\n\n```sh\nz\n```\n\n    w\n')

    expect(html).toContain(
      '<div class="table" role="group" tabindex="0" aria-label="Table: A &quot;b&quot;"><table>',
    )
    expect(html).toContain('<th scope="col">x</th>')
    expect(html).toContain('<td>y</td>')
    expect(html).toContain('<pre tabindex="0"><code class="language-sh">z\n</code></pre>')
    expect(html).toContain('<pre tabindex="0"><code>w\n</code></pre>')
  })

  it.each([
    ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['<img src=x onerror=y>', '<p>&lt;img src=x onerror=y&gt;</p>'],
    ['![p](https://x.example/p.png)', '<p>!<a href="https://x.example/p.png">p</a></p>'],
    ['[a](javascript:alert(1))', '<p>[a](javascript:alert(1))</p>'],
    ['[a](JaVaScRiPt:alert(1))', '<p>[a](JaVaScRiPt:alert(1))</p>'],
    ['[a](data:text/html,x)', '<p>[a](data:text/html,x)</p>'],
    ['[a](//evil.example)', '<p>[a](//evil.example)</p>'],
    ['[a](blob:x)', '<p>[a](blob:x)</p>'],
    ['[a](/docs/x "t")', '<p><a href="/docs/x">a</a></p>'],
    ['[a](vscode:mcp/install?x)', '<p><a href="vscode:mcp/install?x">a</a></p>'],
  ])('shows %s as text, or as a harmless link', (markdown, html) => {
    expect(renderHtml(markdown).html.trim()).toBe(html)
  })
})
