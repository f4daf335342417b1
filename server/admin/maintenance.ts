import type { AuditFact } from '../audit/event.ts'
import type { Maintenance } from '../store/switches.ts'
import { defineCommand, type Command } from './command.ts'
import { UsageError } from './failures.ts'
import { quote, toChangeResult, toTimeJson, toTimeText, type Result } from './output.ts'

const MAX_MESSAGE_CHARS = 300
/** Line ends, and whatever else a page or a terminal would not show as it is. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** Takes the whole connector out of service, and back. */
export const maintenanceCommands: readonly Command[] = [
  defineCommand({
    name: 'maintenance on',
    isRecorded: true,
    takes: '[--message TEXT]',
    about: [
      'Takes the connector out of service: calls answer 503 maintenance and nobody connects;',
      'connections are kept. TEXT, one line, is shown to people and to callers.',
    ],
    options: { message: { type: 'string' } },
    operands: [0, 0],
    prepare: ({ message }) => {
      const text = message === undefined ? null : parseMessage(message)
      return async (deployment) => {
        const { switches } = await deployment.openStore()
        const isChanged = await switches.beginMaintenance(text)
        const { maintenance } = await switches.read()
        return describe(maintenance, isChanged ? [toFact('on')] : [], !isChanged)
      }
    },
  }),
  defineCommand({
    name: 'maintenance off',
    isRecorded: true,
    takes: '',
    about: ['Takes it into service again.'],
    options: {},
    operands: [0, 0],
    prepare: () => async (deployment) => {
      const { switches } = await deployment.openStore()
      const isChanged = await switches.endMaintenance()
      return describe(null, isChanged ? [toFact('off')] : [], !isChanged)
    },
  }),
  defineCommand({
    name: 'maintenance show',
    isRecorded: false,
    takes: '',
    about: ['Says whether it is in service.'],
    options: {},
    operands: [0, 0],
    prepare: () => async (deployment) => {
      const { switches } = await deployment.openStore()
      return describe((await switches.read()).maintenance, [])
    },
  }),
]

function parseMessage(text: string): string {
  const message = text.trim()
  const isGood = message !== '' && message.length <= MAX_MESSAGE_CHARS && !UNSEEN.test(message)
  if (isGood) return message
  throw new UsageError(`--message must be one line of 1 to ${MAX_MESSAGE_CHARS} characters`)
}

/** What people are told is not part of it: it is prose. */
function toFact(reason: 'on' | 'off'): AuditFact {
  return { type: 'switch.changed', outcome: 'success', subject: 'maintenance', reason }
}

function describe(
  maintenance: Maintenance | null,
  facts: readonly AuditFact[],
  isSame = false,
): Result {
  const notes = isSame ? ['Nothing has changed.'] : []
  if (maintenance === null) {
    const json = { maintenance: false, since: null, message: null }
    return toChangeResult('The connector is in service.', json, facts, notes)
  }
  const { since, message } = maintenance
  const says = message === null ? '' : `: ${quote(message)}`
  const sentence = `The connector is out of service since ${toTimeText(since) ?? ''} UTC${says}.`
  const json = { maintenance: true, since: toTimeJson(since), message }
  return toChangeResult(sentence, json, facts, notes)
}
