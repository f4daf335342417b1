import { TEST_SECRET_KEY } from '../../test/support/flowtly.ts'
import { runNode, type Run } from '../../test/support/run.ts'

/** Runs a command of the operator's: `npm run admin -- …`. */
export type Operator = (...args: readonly string[]) => Promise<Run>

/** Makes the operator of a deployment. */
export function createOperator(env: Readonly<Record<string, string>>): Operator {
  const flags = ['--disable-warning=ExperimentalWarning', 'server/admin/main.ts']
  return (...args) =>
    runNode([...flags, ...args], {
      env: { ...env, SECRET_KEY: TEST_SECRET_KEY.reveal(), LOG_LEVEL: 'warn' },
    })
}
