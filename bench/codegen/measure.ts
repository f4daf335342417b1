import { readFileSync } from 'node:fs'

// One measurement in a process of its own: parse FILE, or generate SPEC ALLOW-LIST OUT.
const [what, spec = '', allow = '', out = ''] = process.argv.slice(2)
// Loaded first where it is needed: it is neither the work nor a part of what parsing takes.
const generator = what === 'parse' ? null : await import('../../codegen/run.ts')
const started = performance.now()
if (generator === null) JSON.parse(readFileSync(spec, 'utf8'))
else {
  const jobs = [{ spec, bytes: null, allow, out }]
  const { problems } = await generator.run({
    jobs,
    all: false,
    check: false,
    failOn: 'none',
    report: null,
  })
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.what).join('\n'))
}
console.log(
  JSON.stringify({
    seconds: (performance.now() - started) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
)
