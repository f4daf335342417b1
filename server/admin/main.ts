import { run } from './run.ts'

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  input: process.stdin,
  print: (text) => void process.stdout.write(`${text}\n`),
  explain: (text) => void process.stderr.write(`${text}\n`),
  prompt: (text) => void process.stderr.write(text),
  now: Date.now,
})
