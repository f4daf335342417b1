import { keepCompiled } from './compile-cache.ts'

// Before anything else is loaded: what has been loaded already is not kept.
keepCompiled()
const { run } = await import('./run.ts')
await run(process.env)
