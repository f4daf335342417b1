import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runNode } from './run.ts'

const ROOT = join(import.meta.dirname, '../..')
const SOURCES = ['codegen', 'server', 'site', 'package.json', 'tsconfig.json']

/**
 * Makes a copy of the project without its connectors, as a team would have it after removing ours:
 * what is generated in it leaves nothing here.
 */
export function createProjectCopy() {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-project-'))
  for (const name of SOURCES) cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))

  return {
    folder,
    write(path: string, content: string | Uint8Array) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    },
    /**
     * Runs a program of it, such as `codegen/cli.ts`.
     *
     * @returns what it printed
     * @throws {Error} with what it complained of, where it does not end well
     */
    async run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
      const quiet = '--disable-warning=ExperimentalWarning'
      const { code, stdout, stderr } = await runNode([quiet, ...args], { cwd: folder, env })
      if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`)
      return stdout
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** A copy that `createProjectCopy` made. */
export type ProjectCopy = ReturnType<typeof createProjectCopy>
