import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const MANIFEST = join(import.meta.dirname, '../../package.json')
const manifest = z.looseObject({ scripts: z.looseObject({ start: z.string() }) })

/** What `npm start` gives to Node: its flags, and the script last. */
export const START_COMMAND: readonly string[] = manifest
  .parse(JSON.parse(readFileSync(MANIFEST, 'utf8')))
  .scripts.start.split(' ')
  .slice(1)

/** Its flags alone. */
export const START_FLAGS: readonly string[] = START_COMMAND.slice(0, -1)
