import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ConfigError, type Config } from './config.ts'
import { secretKey as secretKeySchema } from './config-values.ts'
import { isDemoMode } from './demo-mode.ts'
import { Secret } from './secret.ts'

const KEY_BYTES = 32
/** Only the demo can do with a key that lies beside its database. */
const DEMO_KEY_FILE = './data/secret.key'

/**
 * The secret key of the environment; in the demo, one that lies in a file.
 *
 * @throws {ConfigError} where there is none
 */
export async function readSecretKey(config: Config): Promise<Secret> {
  if (config.secretKey !== null) return config.secretKey
  if (isDemoMode(config)) return readKeyFile(DEMO_KEY_FILE)
  const how = 'make one with: openssl rand -base64 32, and keep it apart from the database'
  throw new ConfigError([`SECRET_KEY is required: ${how}`])
}

/**
 * Does the same for a first start: the demo's file is made where it is missing, readable to its
 * owner only.
 *
 * @throws {ConfigError} where there is none, and this is not the demo
 */
export async function readOrCreateSecretKey(config: Config): Promise<Secret> {
  if (config.secretKey === null && isDemoMode(config)) await createKeyFile(DEMO_KEY_FILE)
  return readSecretKey(config)
}

/** Of several processes that start at once, one makes the file. */
async function createKeyFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const made = randomBytes(KEY_BYTES).toString('base64')
  try {
    await writeFile(file, `${made}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
}

async function readKeyFile(file: string): Promise<Secret> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (!isCode(error, 'ENOENT')) throw error
    throw new ConfigError([`SECRET_KEY is not set, and there is no ${file}: set the server's key`])
  })
  const key = text.trim()
  if (secretKeySchema.safeParse(key).success) return new Secret(key)
  throw new ConfigError([`SECRET_KEY is not set, and ${file} holds no key: remove that file`])
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
