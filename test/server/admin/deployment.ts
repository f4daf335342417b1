import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { run } from '../../../server/admin/run.ts'
import { startWithDemo, TEST_SECRET_KEY } from '../../support/flowtly.ts'
import { post } from '../../support/rpc.ts'
import { runNode, type Run } from '../../support/run.ts'
import type { StoreKind } from '../../support/stores.ts'

const MAIN = ['--disable-warning=ExperimentalWarning', 'server/admin/main.ts']

/** Runs `npm run admin`'s own command, as a process; `command-line.test.ts` is about that. */
export function runAdmin(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input?: string,
): Promise<Run> {
  return withSpool(env, (full) =>
    runNode([...MAIN, ...args], { env: full, ...(input !== undefined && { input }) }),
  )
}

/** The same without a process, which takes most of a command's time. */
export function runHere(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<Run> {
  return withSpool(env, (full) => runIn(args, full, input))
}

async function runIn(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input: string,
): Promise<Run> {
  let stdout = ''
  let stderr = ''
  const code = await run(args, {
    env,
    input: Readable.from([input]),
    print: (text) => (stdout += `${text}\n`),
    explain: (text) => (stderr += `${text}\n`),
    prompt: (text) => (stderr += text),
    now: Date.now,
  })
  return { code, stdout, stderr }
}

/** Where the environment names no spool, the command has one of its own. */
async function withSpool(
  env: Readonly<Record<string, string>>,
  work: (env: Readonly<Record<string, string>>) => Promise<Run>,
): Promise<Run> {
  if (env['AUDIT_SPOOL'] !== undefined) return work(env)
  const spool = mkdtempSync(join(tmpdir(), 'sluice-audit-'))
  try {
    return await work({ AUDIT_SPOOL: spool, ...env })
  } finally {
    rmSync(spool, { recursive: true })
  }
}

/** Starts a server on a new database, and makes the operator's command for it. */
export async function startDeployment(
  { create }: StoreKind,
  env: Readonly<Record<string, string>> = {},
) {
  const database = await create()
  const running = await startWithDemo({ DATABASE_URL: database.url, ...env })
  const spool = mkdtempSync(join(tmpdir(), 'sluice-audit-'))
  const adminEnv = {
    AUDIT_SPOOL: spool,
    DATABASE_URL: database.url,
    SECRET_KEY: TEST_SECRET_KEY.reveal(),
    UPSTREAM_URL: running.demo.url,
    ...env,
  }
  const admin = (args: readonly string[], input?: string) => runHere(args, adminEnv, input)
  const close = async () => {
    await running.close()
    await database.drop()
    rmSync(spool, { recursive: true })
  }

  return {
    env: adminEnv,
    url: running.connector.url,
    databaseUrl: database.url,
    admin,
    /** What a command that must succeed prints with `--json`. */
    json: async (args: readonly string[], input?: string): Promise<JsonResult> => {
      const { code, stdout, stderr } = await admin([...args, '--json'], input)
      if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
      return toResult(stdout)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A started deployment. */
export type TestDeployment = Awaited<ReturnType<typeof startDeployment>>

type JsonRecord = Readonly<Record<string, unknown>>

/** A list, or one thing as a list of one. */
export type JsonResult = { readonly items: readonly JsonRecord[]; readonly first: JsonRecord }

/** Reads what a command printed with `--json`. */
export function toResult(stdout: string): JsonResult {
  const parsed: unknown = JSON.parse(stdout)
  const items: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed]
  return { items: items.map(toRecord), first: toRecord(items[0] ?? {}) }
}

function toRecord(value: unknown): JsonRecord {
  if (typeof value !== 'object' || value === null) throw new Error('no JSON object')
  return { ...value }
}

const LIST_TOOLS = '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}'

/** What a call answers: its status, and the code of a refusal. */
export async function call(
  url: string,
  headers: Readonly<Record<string, string>>,
  body = LIST_TOOLS,
): Promise<{ readonly status: number; readonly error: string | null }> {
  const { status, text } = await post(`${url}/mcp`, body, headers)
  return { status, error: /^\{"error":"([a-z_]+)"/.exec(text)?.[1] ?? null }
}
