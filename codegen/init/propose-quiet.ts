import { compileJudge } from '../schema/judge.ts'
import type { ParameterModel } from '../model.ts'

/** What keeps an answer from never ending. */
export type Quiet = {
  /** Not offered, as they are off unless somebody turns them on. */
  readonly omit: readonly string[]
  /** Turned off, as they are on otherwise. */
  readonly off: readonly string[]
}

const SWITCHES = new Set(['watch', 'follow', 'stream', 'tailing'])

/** Finds the switches that turn an answer into a stream: a call of a tool has one answer. */
export function proposeQuiet(parameters: readonly ParameterModel[]): Quiet {
  const switches = parameters.filter(({ name, schema, wire, required }) => {
    const isQuery = wire?.in === 'query' && !required
    return isQuery && SWITCHES.has(name.toLowerCase()) && isSwitch(schema)
  })
  const isOn = ({ schema }: ParameterModel) => schema['default'] === true
  return {
    omit: switches.filter((each) => !isOn(each)).map(({ key }) => key),
    off: switches.filter(isOn).map(({ key }) => key),
  }
}

function isSwitch(schema: ParameterModel['schema']): boolean {
  try {
    const judge = compileJudge(schema)
    return judge(false) === null && judge('text') !== null
  } catch {
    return false // a schema that does not compile is reported with its tool
  }
}
