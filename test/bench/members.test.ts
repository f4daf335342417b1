import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { connectMembers, type ConnectedMember } from '../../bench/callers/members.ts'
import { createPeople, toCredential, toEmail } from '../../bench/scale/person.ts'
import { startUpstream, type UpstreamProcess } from '../../bench/scale/start-upstream.ts'
import { startFlowtly, type TestConnector } from '../support/flowtly.ts'
import { bearer, claimsOf, connect } from '../support/oauth-client.ts'
import { callTool, resultOf } from '../support/rpc.ts'

const people = createPeople(5, 2)

let folder: string
let upstream: UpstreamProcess
let connector: TestConnector
let example: string
let members: readonly ConnectedMember[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-members-'))
  const databaseUrl = `sqlite:${join(folder, 'members.db')}`
  upstream = await startUpstream(folder)
  connector = await startFlowtly(upstream.url, { DATABASE_URL: databaseUrl })
  const { tokens } = await connect(connector.url, { email: 'm9@o1.example' })
  example = tokens.access_token
  members = await connectMembers(
    people.map((person) => ({
      ...person,
      email: toEmail(person),
      credential: { kind: 'bearer', token: toCredential(person), refreshToken: null },
    })),
    { databaseUrl, example },
  )
})

afterAll(async () => {
  await connector.close()
  await upstream.stop()
  await rm(folder, { recursive: true })
})

it('gives each member a token that the upstream is asked with their own credential for', async () => {
  const answers = await Promise.all(
    members.map(({ token }) =>
      callTool(connector.url, 'invoices.get', { invoiceId: 'kb-2' }, bearer(token)),
    ),
  )

  expect(answers.map(resultOf)).toMatchObject(
    people.map(({ organization, member }) => ({ organizationId: organization, memberId: member })),
  )
})

it('says the same in each token as the connector does, beside whose it is', () => {
  const { sub, org, gid, jti, iat, exp, ...same } = claimsOf(example)

  for (const { token, member, organization } of members) {
    const claims = claimsOf(token)
    expect(Object.keys(claims).sort()).toEqual(Object.keys(claimsOf(example)).sort())
    expect(claims).toMatchObject({ ...same, sub: member, org: organization })
    expect([sub, gid, jti]).not.toContain(claims['gid'])
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(Number(exp) - Number(iat))
  }
  expect(org).toBe('o1')
})
