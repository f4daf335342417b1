import { readFileSync } from 'node:fs'

// How long it takes to read and parse FILE, without the start of the process.
const [file = ''] = process.argv.slice(2)
const started = performance.now()
JSON.parse(readFileSync(file, 'utf8'))
console.log(String((performance.now() - started) / 1000))
