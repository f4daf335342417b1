import { run } from './run.ts'

// Whoever reads the output may have seen enough of it, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  input: process.stdin,
  print,
  explain: (text) => void process.stderr.write(`${text}\n`),
  prompt: (text) => void process.stderr.write(text),
  now: Date.now,
})

function print(text: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  process.stdout.write(`${text}\n`, () => resolve(undefined))
  return promise
}
