import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { loadConnector } from '../../../server/connector.ts'
import { createTrail } from '../../../server/mcp/exchange.ts'
import { readAsMember } from '../../../server/mcp/read-as-member.ts'
import type { Session } from '../../../server/mcp/session.ts'
import { Secret } from '../../../server/secret.ts'
import { assembleUpstream, type OpenedUpstream } from '../../../server/upstream/assemble.ts'
import { startRawUpstream, write, writeJson, type RawUpstream } from '../../support/raw-upstream.ts'
import { operation, type AnyPaths } from '../upstream/fixture.ts'

/** For the reads that are to run out of it. */
const SHORT_MS = 1_000

let raw: RawUpstream
let opened: OpenedUpstream
let heads: string[]

beforeEach(async () => {
  raw = await startRawUpstream()
  heads = []
  raw.answer = (socket, head) => {
    heads.push(head)
    if (head.includes('Bearer new')) writeJson(socket, { data: [] })
    else write(socket, '401 Unauthorized', {}, '')
  }
  opened = await open(20_000)
})

afterEach(async () => {
  await opened.close()
  await raw.close()
})

async function open(timeoutMs: number): Promise<OpenedUpstream> {
  const { connector } = await loadConnector('flowtly')
  return assembleUpstream({ connector, baseUrl: new URL(raw.url), credential: null, timeoutMs })
}

async function reopenWithLittleTime(): Promise<void> {
  await opened.close()
  opened = await open(SHORT_MS)
}

type Renew = Session['identity']['credential']['renew']

/** Reads as a member whose credential is no longer taken. */
function read(renew: Renew, signal = new AbortController().signal) {
  const ended: string[] = []
  const session: Session = {
    identity: {
      member: { id: 'm1', email: 'owner@acme.example', name: 'Olga' },
      organization: { id: 'acme', name: 'Acme', role: 'owner', status: 'active' },
      kind: 'oauth',
      scopes: null,
      client: null,
      credential: {
        open: () => ({ authorization: new Secret('Bearer old') }),
        renew,
        end: () => Promise.resolve(void ended.push('ended')),
      },
    },
    requestId: 'r1',
    traceparent: null,
    requestTraceparent: null,
    clientName: null,
    signal,
    trail: createTrail(null),
    report: () => undefined,
  }
  const wanted = operation([])
  const answer = readAsMember(opened.upstream, session, wanted, (open) =>
    open<AnyPaths>().GET('/things', {}),
  )
  return { answer, ended }
}

const renewed = { authorization: new Secret('Bearer new') }

describe('a read with a credential that is no longer taken', () => {
  it('is sent again with the renewed one', async () => {
    const { answer } = read(() => Promise.resolve(renewed))

    expect(await answer).toMatchObject({ status: 200 })
    expect(heads).toHaveLength(2)
  })

  it('ends the credential where the renewed one is not taken either', async () => {
    const { answer, ended } = read(() => Promise.resolve({ authorization: new Secret('Bearer x') }))

    await expect(answer).rejects.toMatchObject({ name: 'UpstreamFailure', status: 401 })
    expect(ended).toEqual(['ended'])
  })

  it('has the time of one call together with the renewal, which goes on', async () => {
    await reopenWithLittleTime()
    const renewal = Promise.withResolvers<typeof renewed>()
    const { answer, ended } = read(() => renewal.promise)

    await expect(answer).rejects.toMatchObject({ name: 'UpstreamFailure', status: 504 })
    renewal.resolve(renewed)

    expect(heads).toHaveLength(1)
    expect(ended).toEqual([])
  })

  it('is left by the client without waiting for the renewal', async () => {
    const gone = new AbortController()
    const { answer } = read(() => {
      gone.abort(new Error('left'))
      return new Promise(() => undefined)
    }, gone.signal)

    await expect(answer).rejects.toThrow('left')
    expect(heads).toHaveLength(1)
  })

  it('outlives a renewal that fails after everybody has left', async () => {
    await reopenWithLittleTime()
    const renewal = Promise.withResolvers<typeof renewed>()
    const { answer } = read(() => renewal.promise)
    await expect(answer).rejects.toMatchObject({ status: 504 })

    renewal.reject(new Error('the upstream is away'))
    await new Promise((resolve) => setImmediate(resolve))

    expect(heads).toHaveLength(1)
  })
})
