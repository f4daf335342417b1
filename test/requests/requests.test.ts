import { globSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, it } from '@jest/globals'
import { judgeFolder } from './judge-folder.ts'
import { addJudgements, describeJudgement, unjudgedShare } from './judgement.ts'

const ROOT = join(import.meta.dirname, '../..')
/** Another seed draws other arguments: `REQUESTS_SEED=$RANDOM npm test -- test/requests`. */
const SEED = Number(process.env['REQUESTS_SEED'] ?? 1)
/** A golden whose paths name what its document does not describe: nobody could read it there. */
const UNSAID = 'repaired-paths'
/** Nearly all calls must be judged by somebody; the goldens hold what is hard on purpose. */
const MAX_UNJUDGED_SHARE = 0.2

/**
 * The generator widens their schemas, with a warning: one says what no value satisfies, the other
 * has a member with a name that clients refuse.
 */
const WIDENED = ['types31', 'hostile']

const connectors = [
  { folder: 'generated/flowtly', source: 'specs/flowtly/openapi.yaml' },
  ...globSync('test/golden/*/out', { cwd: ROOT })
    .filter((folder) => basename(dirname(folder)) !== UNSAID)
    .map((folder) => ({ folder, source: join(dirname(folder), 'openapi.yaml') })),
]

it('sends what independent implementations read in the document', async () => {
  const judgements = []
  for (const { folder, source } of connectors) {
    const judgement = await judgeFolder({
      folder: join(ROOT, folder),
      source: join(ROOT, source),
      isWidened: WIDENED.some((name) => folder.includes(name)),
      maxTools: 40,
      callsPerTool: 25,
      seed: SEED,
    })
    const place = folder.startsWith('test') ? basename(dirname(folder)) : folder
    judgements.push({
      ...judgement,
      failures: judgement.failures.map((failure) => `${place}: ${failure}`),
    })
  }
  const all = addJudgements(judgements)
  console.log(`requests (seed ${SEED}): ${describeJudgement(all)}`)

  expect(all.failures).toEqual([])
  expect(Object.values(all.judged).filter((calls) => calls > 0)).toHaveLength(4)
  expect(unjudgedShare(all)).toBeLessThan(MAX_UNJUDGED_SHARE)
}, 120_000)
