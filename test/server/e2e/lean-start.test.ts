import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { callTool, resultOf } from '../../support/rpc.ts'
import {
  findFreePorts,
  startServerProcess,
  type ServerProcess,
} from '../../support/server-process.ts'

const RECORDER = pathToFileURL(join(import.meta.dirname, '../../support/loaded-files.ts')).href

/** Libraries that are large, or many files, and that no call of a tool needs. */
const LATE = [
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/sdk-trace',
  '@redis/client',
  'csv-stringify',
  'gpt-tokenizer',
  'handlebars',
  'markdown-it',
  'minisearch',
  'oidc-provider',
  'pg',
  'sanitize-html',
] as const

describe('a start', () => {
  let folder: string
  let demo: Demo
  let server: ServerProcess

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-loaded-'))
    demo = await startDemo()
    const [port = 0] = await findFreePorts(1)
    server = await startServerProcess(port, {
      NODE_OPTIONS: `--import ${RECORDER}`,
      LOADED_FILES: join(folder, 'loaded'),
      DATABASE_URL: 'sqlite::memory:',
      UPSTREAM_URL: demo.url,
    })
  })

  afterAll(async () => {
    await server.kill()
    await demo.close()
    rmSync(folder, { recursive: true })
  })

  function loadedLibraries(): readonly string[] {
    const urls = readFileSync(join(folder, 'loaded'), 'utf8')
    return LATE.filter((name) => urls.includes(`/node_modules/${name}/`))
  }

  it('loads nothing that health and a call of a tool do not need', async () => {
    const health = await fetch(`${server.url}/health`)
    const call = await callTool(server.url, 'projects.list')

    expect(health.status).toBe(200)
    expect(resultOf(call)).toHaveProperty('data')
    expect(loadedLibraries()).toEqual([])
  })

  it('loads no sink where events are sent nowhere', () => {
    expect(readFileSync(join(folder, 'loaded'), 'utf8')).not.toContain('/server/audit/sinks/')
  })

  it.each([
    ['/.well-known/oauth-authorization-server', 'oidc-provider'],
    ['/console', 'handlebars'],
    ['/', 'markdown-it'],
  ])('loads what %s needs when somebody asks for it', async (path, library) => {
    const answer = await fetch(`${server.url}${path}`)

    expect(answer.status).toBe(200)
    expect(loadedLibraries()).toContain(library)
  })
})
