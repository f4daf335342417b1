import { appendFile, mkdir, mkdtemp, readFile, rename, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createFileSink } from '../../../../server/audit/sinks/file.ts'
import { idOf } from '../../../support/audit/id-of.ts'
import { numberedEvents, SEALED_CALL } from '../../../support/audit/sealed-events.ts'
import { startTestDelivery, type TestDelivery } from '../../../support/audit/test-delivery.ts'
import { until } from '../../../support/until.ts'

describe('the file sink', () => {
  let folder: string
  let path: string
  let running: TestDelivery

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-audit-'))
    path = join(folder, 'audit.jsonl')
    running = startTestDelivery(createFileSink({ path, format: 'json' }))
  })

  afterEach(async () => {
    await running.stop(0)
    await rm(folder, { recursive: true, force: true })
  })

  async function deliver(from: number, count: number): Promise<void> {
    running.outbox.append(numberedEvents(from, count))
    await until(running.isDone)
  }

  async function idsIn(file: string): Promise<readonly string[]> {
    const lines = (await readFile(file, 'utf8')).split('\n')
    expect(lines.pop()).toBe('')
    return lines.map(idOf)
  }

  function ids(from: number, count: number): readonly string[] {
    return numberedEvents(from, count).map(({ id }) => id)
  }

  it('appends a line for each event to a file that only its owner may read', async () => {
    await deliver(1, 600)
    await deliver(601, 1)

    expect(await idsIn(path)).toEqual(ids(1, 601))
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('begins a new file when the old one was moved away', async () => {
    await deliver(1, 2)
    await rename(path, `${path}.1`)
    await deliver(3, 2)

    expect(await idsIn(`${path}.1`)).toEqual(ids(1, 2))
    expect(await idsIn(path)).toEqual(ids(3, 2))
  })

  it('goes on at the new end of a file that was cut short', async () => {
    await deliver(1, 2)
    await truncate(path)
    await deliver(3, 2)

    expect(await idsIn(path)).toEqual(ids(3, 2))
  })

  it('leaves a broken line to itself', async () => {
    await appendFile(path, '{"id":"half')
    await deliver(1, 1)

    const lines = (await readFile(path, 'utf8')).split('\n')
    expect(lines[0]).toBe('{"id":"half')
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ id: 'event-1' })
  })

  it('waits for a folder that is not there', async () => {
    const deep = startTestDelivery(
      createFileSink({ path: join(folder, 'later', 'audit.jsonl'), format: 'json' }),
    )

    deep.outbox.append([SEALED_CALL])
    await until(() => !deep.status().isHealthy)
    await mkdir(join(folder, 'later'))
    await until(deep.isDone)

    expect(await idsIn(join(folder, 'later', 'audit.jsonl'))).toEqual([SEALED_CALL.id])
    expect(deep.linesOf('audit_sink_down')[0]).toMatchObject({ reason: 'ENOENT' })
    await deep.stop(0)
  })

  // Linux has a device that is a full disk.
  it.each([
    ['/dev/full', 'not_a_file'],
    [tmpdir(), 'EISDIR'],
  ])('does not take %s for a file', async (path, reason) => {
    const wrong = startTestDelivery(createFileSink({ path, format: 'json' }))

    wrong.outbox.append([SEALED_CALL])
    await until(() => !wrong.status().isHealthy)

    expect(wrong.linesOf('audit_sink_down')[0]).toMatchObject({ reason, pending: 1 })
    await wrong.stop(0)
  })
})
