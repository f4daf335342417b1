import { scrape } from '../../test/support/scrape.ts'
import type { ServerProcess } from '../../test/support/server-process.ts'

/** What a process said of itself before it was stopped. */
export type LastWords = {
  readonly messages: number
  readonly rssMegabytes: number
  /** `null` where it did not stop by itself. */
  readonly exitCode: number | null
}

const MEGABYTE = 1024 * 1024

/** Reads a process's figures and stops it. */
export async function retire(server: ServerProcess): Promise<LastWords> {
  const figures = await scrape(server.url)
  return {
    messages: figures.sum('sluice_rpc_requests_total'),
    rssMegabytes: figures.sum('process_resident_memory_bytes') / MEGABYTE,
    exitCode: await server.stop(),
  }
}
