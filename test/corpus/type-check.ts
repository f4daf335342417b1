import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { OUTPUT_FOLDER } from './propose-and-generate.ts'

const ROOT = join(import.meta.dirname, '../..')

/**
 * Type-checks generated connectors as strictly as our own code.
 *
 * @param names folders below the project
 * @returns what `tsc` says; empty where it is content
 */
export async function typeCheck(
  project: string,
  lane: number,
  names: readonly string[],
): Promise<string> {
  const config = join(project, `tsconfig.${lane}.json`)
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: { types: [] },
      include: names.map((name) => `${name}/${OUTPUT_FOLDER}`),
      exclude: [],
    }),
  )
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  try {
    await promisify(execFile)(process.execPath, ['--max-old-space-size=4096', tsc, '-p', config], {
      maxBuffer: 64 * 1024 * 1024,
    })
    return ''
  } catch (error) {
    const output =
      typeof error === 'object' && error !== null && 'stdout' in error ? error.stdout : error
    return String(output)
  }
}
