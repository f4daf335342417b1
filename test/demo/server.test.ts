import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../demo/server.ts'
import { createApiClient } from './support/client.ts'
import { at, toText } from './support/json.ts'
import { invoiceBody } from './support/requests.ts'

describe('the demo server', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-demo-'))
  })

  afterAll(() => rm(folder, { recursive: true }))

  it.each(['0.0.0.0', '::', '10.0.0.1', 'example.com', ''])(
    'refuses to listen on "%s"',
    async (host) => {
      await expect(startDemo({ host })).rejects.toMatchObject({
        message: expect.stringContaining('"host"'),
      })
    },
  )

  it('says where it listens, base path included', async () => {
    const demo = await startDemo()

    const { url, port } = demo
    await demo.close()

    expect(url).toBe(`http://127.0.0.1:${port}/v1`)
  })

  it('fails when the port is taken', async () => {
    const demo = await startDemo()

    const second = startDemo({ port: demo.port })

    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await demo.close()
  })

  it('closes with requests still open', async () => {
    const demo = await startDemo()
    await fetch(new URL('/_faults', demo.url), {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ kind: 'delay', delayMs: 60_000 }),
    })
    const hanging = fetch(`${demo.url}/invoices`).catch(() => 'cut')
    await new Promise((resolve) => setTimeout(resolve, 50))

    await demo.close()

    expect(await hanging).toBe('cut')
  })

  it('keeps its data in memory unless a file is named', async () => {
    const first = await startDemo()
    await createApiClient(first).send({ method: 'POST', path: '/invoices', body: invoiceBody })
    await first.close()

    const second = await startDemo()
    const { json } = await createApiClient(second).get('/invoices?pageSize=1')
    await second.close()

    expect(at(json, 'pagination', 'total')).toBe(380)
  })

  it('keeps changes in a file', async () => {
    const file = join(folder, 'demo.sqlite')
    const first = await startDemo({ file })
    const created = await createApiClient(first).send({
      method: 'POST',
      path: '/invoices',
      body: invoiceBody,
    })
    await first.close()

    const second = await startDemo({ file })
    const path = `/invoices/${toText(at(created.json, 'id'))}`
    const found = await createApiClient(second).get(path)
    await second.close()

    expect(found.json).toEqual(created.json)
  })

  it('tells the log, not the client, what went wrong unexpectedly', async () => {
    const lines: string[] = []
    const demo = await startDemo({ log: (line) => lines.push(line) })
    demo.database.exec('DROP TABLE payments')

    const { status, json } = await createApiClient(demo).get('/invoices/inv_000001')
    await demo.close()

    expect(status).toBe(500)
    expect(JSON.stringify(json)).not.toContain('payments')
    expect(lines).toHaveLength(1)
  })
})
