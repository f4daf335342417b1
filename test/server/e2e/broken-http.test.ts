import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readAnswers } from '../../support/bad-input/read-answers.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import { until } from '../../support/until.ts'

let running: Awaited<ReturnType<typeof startWithDemo>>

beforeAll(async () => {
  running = await startWithDemo()
})

afterAll(() => running.close())

/** Writes bytes on a connection of their own, and reads until the server closes it. */
async function exchange(bytes: string) {
  const socket = connect({ port: running.connector.port, host: '127.0.0.1' })
  let text = ''
  socket.on('data', (chunk) => (text += chunk.toString('latin1')))
  socket.write(bytes)
  await once(socket, 'close')
  return readAnswers(text, { isHead: false, hasEnded: true }).answers
}

function request(line: string): string {
  return `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`
}

describe('a request that is none of ours', () => {
  it.each([
    ['GET http://', 404, 'not_found'],
    ['GET https://[::1', 404, 'not_found'],
    ['GET http://elsewhere.example/nothing', 404, 'not_found'],
    ['GET //', 404, 'not_found'],
    ['OPTIONS *', 404, 'not_found'],
    ['TRACE /health', 405, 'method_not_allowed'],
    ['PURGE /nothing', 405, 'method_not_allowed'],
    ['PROPFIND /.well-known/oauth-protected-resource', 405, 'method_not_allowed'],
  ])('is refused in JSON: %s', async (line, status, error) => {
    const [answer] = await exchange(request(line))

    expect(answer?.status).toBe(status)
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ error })
    expect(running.connector.log.join('')).not.toContain('unplanned_error')
  })

  it.each([
    ['http://elsewhere.example/health', '{"status":"ok"}'],
    ['HTTP://localhost/health?a=b', '{"status":"ok"}'],
  ])('is answered by its path where its target has a host: %s', async (target, body) => {
    const [answer] = await exchange(request(`GET ${target}`))

    expect(answer).toMatchObject({ status: 200, body })
  })
})

describe('a connection that breaks', () => {
  const form = 'a=marked-secret'
  const head = `Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n`

  it.each([
    ['at the authorization server', 'POST /oauth/token'],
    ['at the connector', 'POST /mcp'],
  ])('%s is its client’s affair, and nothing of what was sent is logged', async (_where, line) => {
    const before = running.connector.log.length
    const whole = `${line} HTTP/1.1\r\n${head}Content-Length: ${form.length}\r\n\r\n${form}`

    await exchange(`${whole}${whole}marked-secret / HTTP/1.1\r\n\r\n`)
    await until(() => running.connector.log.slice(before).join('').includes('"request"'))

    const log = running.connector.log.slice(before).join('')
    expect(log).not.toContain('unplanned_error')
    expect(log).not.toContain('marked-secret')
    expect(log).not.toContain('rawPacket')
  })
})
