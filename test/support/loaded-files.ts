import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

/** Loaded into a process before its program (`--import`): notes the URL of every module that it loads, one in a line. */
const file = process.env['LOADED_FILES']
if (file === undefined) throw new Error('"LOADED_FILES" is not set')
registerHooks({
  load(url, context, nextLoad) {
    appendFileSync(file, `${url}\n`)
    return nextLoad(url, context)
  },
})
