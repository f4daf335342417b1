import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createHttpsSink } from '../../../server/audit/sinks/https.ts'
import { Secret } from '../../../server/secret.ts'
import { startHttpReceiver, type HttpReceiver } from '../../support/audit/http-receiver.ts'
import { SEALED_CALL } from '../../support/audit/sealed-events.ts'

const KEY = 'signs-what-is-posted'

/** The function that the documentation tells receivers to use. */
const documented = /```js\n(?:import .*\n)?([\s\S]*?)```/.exec(
  readFileSync(join(import.meta.dirname, '../../../docs/audit.md'), 'utf8'),
)?.[1]

function isOurs(headers: object, body: string, key: string): unknown {
  const context = { createHmac, timingSafeEqual, Buffer, headers, body, key }
  return runInNewContext(`${documented ?? ''}; isOurs(headers, body, key)`, context)
}

describe('the check of a signature in docs/audit.md', () => {
  let receiver: HttpReceiver

  beforeEach(async () => {
    receiver = await startHttpReceiver({ tls: false })
  })

  afterEach(() => receiver.close())

  it.each([
    ['what we posted', 0, KEY, '', true],
    ['another body', 0, KEY, ' ', false],
    ['another key', 0, 'another-key-than-ours', '', false],
    ['an old post', 600_000, KEY, '', false],
  ])('judges %s', async (_, ageMs, key, more, verdict) => {
    const url = new URL('/in', receiver.origin)
    const now = () => Date.now() - ageMs
    const sink = createHttpsSink({ url, format: 'json', key: new Secret(KEY), now })
    await sink.deliver([SEALED_CALL], AbortSignal.timeout(10_000))
    await sink.close()

    const [post] = receiver.posts

    expect(isOurs(post?.headers ?? {}, `${post?.body}${more}`, key)).toBe(verdict)
  })

  it('does not fall over a missing signature', () => {
    expect(isOurs({}, '', KEY)).toBe(false)
  })
})
