import { parseArgs } from 'node:util'

/** How the comparison is called. */
export const USAGE = `usage: npm run bench -- [--quick] [--no-peers] [--json] [--out FILE]
                        [--rounds N] [--sample-ms N] [--warm-calls N] [--seed N]

The connector, as it is shipped, beside the least that a server of its kind does in Node, and beside
other servers of its kind (bench/package.json, installed by the first run).

  --quick         fewer and shorter rounds: less than two minutes
  --no-peers      without the other servers
  --json          prints JSON only, instead of a table
  --out FILE      writes the table to FILE.md and the JSON to FILE.json as well
  --rounds N      how often everything is measured (default 15; quick 5)
  --sample-ms N   the processor time of one measurement, about (default 1000; quick 250)
  --warm-calls N  small calls of each kind before the first round (default 2000; quick 1000)
  --seed N        repeats the order of an earlier run (default: another one each time)
`

/** What a run does. */
export type Options = {
  readonly quick: boolean
  /** Whether the other servers take part. */
  readonly peers: boolean
  readonly json: boolean
  /** Without an ending; `null` for nowhere. */
  readonly out: string | null
  readonly rounds: number
  readonly sampleMs: number
  readonly warmCalls: number
  readonly seed: number
}

/** Reads the command line; `null` where it is wrong. */
export function parseOptions(args: readonly string[]): Options | null {
  const values = parseValues(args)
  if (values === null) return null
  const { quick, json, 'no-peers': noPeers } = values
  const rounds = Number(values.rounds ?? (quick ? 5 : 15))
  const sampleMs = Number(values['sample-ms'] ?? (quick ? 250 : 1000))
  const warmCalls = Number(values['warm-calls'] ?? (quick ? 1000 : 2000))
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const isGood = [rounds, sampleMs, warmCalls].every((each) => Number.isInteger(each) && each > 0)
  if (!isGood || !Number.isInteger(seed)) return null
  return {
    quick,
    peers: !noPeers,
    json,
    out: values.out ?? null,
    rounds,
    sampleMs,
    warmCalls,
    seed,
  }
}

function parseValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        'no-peers': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        out: { type: 'string' },
        rounds: { type: 'string' },
        'sample-ms': { type: 'string' },
        'warm-calls': { type: 'string' },
        seed: { type: 'string' },
      },
    }).values
  } catch {
    return null
  }
}
