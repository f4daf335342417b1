import { registerHooks } from 'node:module'

/** Loaded with `--import`, it makes a process tell on standard error, at its end, which packages it loaded. */
const packages = new Set<string>()
registerHooks({
  load(url, context, nextLoad) {
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
    if (name !== undefined) packages.add(name)
    return nextLoad(url, context)
  },
})
process.on('exit', () => process.stderr.write(`packages: ${[...packages].sort().join(', ')}\n`))
