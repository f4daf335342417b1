import { describe, expect, it } from '@jest/globals'
import { renderPage, type LoosePage } from '../../../site/html/render-page.ts'

const PAGES = [
  { path: '/', title: 'First', group: 'Start' },
  { path: '/docs/a', title: 'A <b> & "c"', group: 'Use' },
  { path: '/docs/z', title: 'Last', group: 'About' },
] as const

function render(path: string | null, more: Partial<LoosePage> = {}): string {
  const page = { path, title: 'T', description: 'D', markdown: '# T\n\ntext\n', ...more }
  return renderPage(page, { title: 'Con <nector>', pages: PAGES, hrefOf: (to) => `/base${to}` })
}

describe('the frame of a page', () => {
  it('shows where one is, and what comes before and after', () => {
    const html = render('/docs/a')

    expect(html.match(/aria-current="page"/g)).toHaveLength(1)
    expect(html).toContain('<a href="/base/docs/a" aria-current="page">')
    expect(html).toContain('<a rel="prev" href="/base/"><span>Previous</span> First</a>')
    expect(html).toContain('<a rel="next" href="/base/docs/z"><span>Next</span> Last</a>')
    expect(render('/')).not.toContain('rel="prev"')
    expect(render('/docs/z')).not.toContain('rel="next"')
  })

  it('names the parts that have pages, and no others', () => {
    const names = [...render('/').matchAll(/<p id="group-\d">([^<]+)<\/p>/g)].map(
      ([, name]) => name,
    )

    expect(names).toEqual(['Start', 'Use', 'About'])
  })

  it('lists what is on a page where there is more than one part', () => {
    const one = render('/', { markdown: '# T\n\n## One\n' })
    const two = render('/', { markdown: '# T\n\n## One\n\n### Deep\n\n## <Two>\n' })

    expect(one).not.toContain('On this page')
    expect(two).toContain(
      '<li><a href="#one">One</a></li>\n<li><a href="#two">&lt;Two&gt;</a></li>',
    )
    expect(two).not.toContain('href="#deep"')
  })

  it('has everything below the place that it is told', () => {
    const html = render('/docs/a')
    const places = [...html.matchAll(/(?:href|src|action|data-\w+)="([^"#]+)"/g)].map(
      ([, at]) => at,
    )

    expect(places.filter((at) => at?.startsWith('/base/') !== true)).toEqual(['data:,'])
    expect(html).toContain('<link rel="alternate" type="text/markdown" href="/base/docs/a.md">')
  })

  it('leads to no Markdown and to no neighbour where a page is in no list', () => {
    const html = render(null)

    expect(html).not.toMatch(/text\/markdown|rel="(?:prev|next)"|aria-current="page"/)
  })

  it('escapes what it is given, and takes out what nobody sees', () => {
    const html = render('/docs/a', { title: '<i>\u202e"', description: '"><script>' })

    expect(html).toContain('<title>&lt;i&gt;&quot; · Con &lt;nector&gt;</title>')
    expect(html).toContain('content="&quot;&gt;&lt;script&gt;"')
    expect(html).toContain('>A &lt;b&gt; &amp; &quot;c&quot;</a>')
    expect(html).not.toMatch(/<i>|<nector>|\u202e/)
  })

  it('says its policy only where no header can', () => {
    const shell = { title: 'T', pages: PAGES, hrefOf: (to: string) => to }
    const page = { path: '/', title: 'T', description: 'D', markdown: '# T\n' }

    expect(renderPage(page, shell)).not.toContain('http-equiv')
    expect(renderPage(page, { ...shell, policy: "default-src 'none'" })).toContain(
      '<meta http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;">',
    )
  })
})
