import type { Logger } from 'pino'

/**
 * Loads a module whose libraries print notices while they load, and keeps these for the log:
 * oidc-provider remarks on every Node that is no LTS release.
 */
export async function loadQuietly<Module>(
  load: () => Promise<Module>,
  log: Logger,
): Promise<Module> {
  const { warn } = console
  console.warn = (text: unknown) => log.debug({ event: 'library_notice', text: String(text) })
  try {
    return await load()
  } finally {
    console.warn = warn
  }
}
