import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ConfigError } from './config.ts'
import { secretKey as secretKeySchema } from './config-values.ts'
import { Secret } from './secret.ts'

const KEY_BYTES = 32

/**
 * Reads the demo's secret key from a file, or makes it there, readable to its owner only. Real data
 * wants a key that is kept apart from the database.
 *
 * @throws {ConfigError} for a file that holds something else
 */
export async function readOrCreateSecretKey(file: string): Promise<Secret> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const made = randomBytes(KEY_BYTES).toString('base64')
  try {
    await writeFile(file, `${made}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const text = (await readFile(file, 'utf8')).trim()
  if (secretKeySchema.safeParse(text).success) return new Secret(text)
  throw new ConfigError([`SECRET_KEY is not set, and ${file} holds no key: remove that file`])
}
