import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, findUser, run } from './programs.ts'

/** A cluster of its own, with everything in its folder. */
export type Postgres = {
  /** What `DATABASE_URL` takes. */
  readonly url: string
  /** Of the process that all others of the cluster are below. */
  readonly pid: () => number
  /** `fast` breaks connections; `immediate` is a crash, with recovery at the start. */
  readonly restart: (mode: 'fast' | 'immediate') => Promise<void>
  readonly stop: () => Promise<void>
}

/** Makes and starts a cluster. @throws {Error} that says what is missing */
export async function startPostgres(folder: string, port: number): Promise<Postgres> {
  const initdb = findProgram('initdb', 'postgresql')
  const control = findProgram('pg_ctl', 'postgresql')
  const user = await findUser()
  const data = join(folder, 'postgres')
  mkdirSync(data)
  if (user !== null) await run('chown', [user, data])
  const as =
    user === null ? [] : [`--reuid=${user}`, `--regid=${await groupOf(user)}`, '--clear-groups']
  const runAs = (program: string, args: readonly string[]) =>
    user === null ? run(program, args) : run('setpriv', [...as, program, ...args])
  const options = `-p ${port} -k ${data} -c listen_addresses=127.0.0.1`
  const go = ['-D', data, '-w', '-s', '-l', join(data, 'server.log'), '-o', options]

  await runAs(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'])
  await runAs(control, [...go, 'start'])
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    pid: () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
    restart: async (mode) => {
      await runAs(control, [...go, '-m', mode, 'restart'])
    },
    stop: async () => {
      await runAs(control, ['-D', data, '-w', '-s', '-m', 'fast', 'stop'])
    },
  }
}

async function groupOf(user: string): Promise<string> {
  return (await run('id', ['-g', user])).trim()
}
