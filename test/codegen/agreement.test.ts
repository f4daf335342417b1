import fc from 'fast-check'
import { describe, expect, it } from '@jest/globals'
import { compileJudge } from '../../codegen/schema/judge.ts'
import { connector as flowtly } from '../../generated/flowtly/index.ts'
import { connector as basic } from '../golden/basic/out/index.ts'
import { connector as choices } from '../golden/choices/out/index.ts'
import { connector as circular } from '../golden/circular/out/index.ts'
import { connector as contents } from '../golden/content-parameter/out/index.ts'
import { connector as files } from '../golden/files/out/index.ts'
import { connector as hostile } from '../golden/hostile/out/index.ts'
import { connector as keys } from '../golden/keys/out/index.ts'
import { connector as nullable } from '../golden/nullable/out/index.ts'
import { connector as posts } from '../golden/post-reading/out/index.ts'
import { connector as styles } from '../golden/styles/out/index.ts'
import { connector as types31 } from '../golden/types31/out/index.ts'
import { arbitraryFor, mutatedFor } from '../support/schema-arbitrary.ts'

const connectors = [
  ...[flowtly, basic, choices, circular, contents, files, hostile, keys, nullable, posts],
  ...[styles, types31],
]
const tools = connectors.flatMap(({ name, tools }) =>
  tools.map((tool) => [`${name} ${tool.name}`, tool] as const),
)

describe('the two judges of arguments', () => {
  it.each(tools)('agree on %s', (_name, tool) => {
    const judge = compileJudge(tool.inputSchema)
    const verdicts = { accepted: 0, refused: 0 }

    for (const drawn of [arbitraryFor(tool.inputSchema), mutatedFor(tool.inputSchema)]) {
      fc.assert(
        fc.property(drawn, (args) => {
          const reason = judge(args)
          const prepared = tool.prepare(args)
          verdicts[prepared.ok ? 'accepted' : 'refused'] += 1
          expect({ args, ok: prepared.ok, reason }).toEqual({ args, ok: reason === null, reason })
        }),
        { seed: 1, numRuns: 200 },
      )
    }

    expect(verdicts.accepted).toBeGreaterThan(0)
    expect(verdicts.refused).toBeGreaterThan(0)
  })

  it.each(tools)('both refuse an unknown argument of %s', (_name, tool) => {
    expect(compileJudge(tool.inputSchema)({ unheardOf: 1 })).not.toBeNull()
    expect(tool.prepare({ unheardOf: 1 }).ok).toBe(false)
  })
})
