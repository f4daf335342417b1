import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startFlowtly } from '../../support/flowtly.ts'
import { bearer } from '../../support/oauth-client.ts'
import { callTool, parseRpc, post, rpc } from '../../support/rpc.ts'
import { startDocumented, type Documented } from '../../support/site/documented.ts'
import { findDifferences } from '../../support/site/printed-answer.ts'

let documented: Documented

beforeAll(async () => {
  documented = await startDocumented()
})

afterAll(() => documented.close())

/** The JSON below a heading of a page that is no answer to a request there. */
function printedUnder(path: string, heading: RegExp): unknown {
  const found = documented.blocks.filter(
    (block) => block.path === path && heading.test(block.heading),
  )
  const value: unknown = JSON.parse(found[0]?.text ?? 'null')
  return value
}

const key = () => bearer(documented.variables.TOKEN)

describe('a printed failure is what comes back', () => {
  it('when the upstream fails', async () => {
    await fetch(new URL('/_faults', documented.env.UPSTREAM_URL), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"kind":"status","path":"/transactions","status":502,"times":3}',
    })

    const { status, ...real } = await callTool(documented.url, 'transactions.list', {}, key())

    const printed = printedUnder('/docs/errors', /^When Flowtly fails$/)
    expect(findDifferences(printed, { ...real, id: 1 })).toEqual([])
    expect(status).toBe(200)
  })

  it('when a member sends too much', async () => {
    const { DATABASE_URL, UPSTREAM_URL } = documented.env
    const limited = { DATABASE_URL, RATE_LIMIT_PER_MINUTE: '1' }
    await using connector = await startFlowtly(UPSTREAM_URL, limited)
    const list = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
    await post(`${connector.url}/mcp`, list, key())

    const refused = await post(`${connector.url}/mcp`, list, key())

    const { error, ...rest } = parseRpc(refused.text)
    const { retryAfter, ...data } = error?.data ?? {}
    const real = { ...rest, error: { ...error, data: { ...data, retryAfter: 12 } } }
    expect(findDifferences(printedUnder('/docs/errors', /send too much/), real)).toEqual([])
    expect(retryAfter).toBe(Number(refused.headers.get('retry-after')))
    expect(refused.status).toBe(200)
  })

  it('when the organization is switched off', async () => {
    await documented.admin(['orgs', 'disable', 'acme'])

    const refused = await post(`${documented.url}/mcp`, '{}', key())

    await documented.admin(['orgs', 'enable', 'acme'])
    const real: unknown = JSON.parse(refused.text)
    for (const [path, heading] of [
      ['/docs/errors', /switched off/],
      ['/docs/troubleshooting', /mcp_disabled/],
    ] as const) {
      expect(findDifferences(printedUnder(path, heading), real)).toEqual([])
    }
    expect(refused.status).toBe(403)
  })

  it('when an answer is cut', async () => {
    const { DATABASE_URL, UPSTREAM_URL } = documented.env
    const short = { DATABASE_URL, MAX_RESULT_CHARS: '5000' }
    await using connector = await startFlowtly(UPSTREAM_URL, short)

    const answer = await callTool(connector.url, 'transactions.list', { limit: 100 }, key())

    const text = answer.result?.content?.[0]?.text ?? ''
    const real: unknown = JSON.parse(text)
    const printed = printedUnder('/docs/pagination', /is cut/)
    expect(printed).toMatchObject({ data: ['…'], _truncated: { returned: 40, total: 100 } })
    expect(real).toMatchObject({
      _truncated: {
        returned: expect.any(Number),
        total: 100,
        next: expect.stringMatching(/^Call again with /),
      },
    })
  })
})

describe('a printed header', () => {
  it('lets a key in', async () => {
    const [header = ''] = documented.blocks
      .filter(({ path, heading }) => path === '/docs/transport' && heading === 'API keys')
      .map(({ text }) => text)
    const [name = '', value = ''] = header.split(': ')
    const filled = value.replace(/flowtly_sk_…/, documented.variables.TOKEN)

    const answer = await rpc(documented.url, 'tools/list', {}, { [name]: filled })

    expect(answer.status).toBe(200)
    expect(value).toContain('flowtly_sk_…')
  })

  it('that the errors and limits name is there', async () => {
    const answer = await post(`${documented.url}/mcp`, '{}', key())
    const page = documented.pages.get('/docs/limits') ?? ''

    const names = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name = '']) => name)

    const always = names.filter((name) => name !== 'Retry-After')
    expect(always.map((name) => answer.headers.has(name))).toEqual([true, true, true])
  })
})
