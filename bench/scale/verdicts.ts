import type { Verdict } from '../ledger/report.ts'
import type { Part } from './part.ts'

/**
 * Judges what must hold, however fast this machine is.
 *
 * @param recorded messages that are on record
 */
export function judgeParts(parts: readonly Part[], recorded: number): readonly Verdict[] {
  const loads = parts.flatMap((part) => part.loads)
  const lastWords = parts.flatMap((part) => part.lastWords)
  const sent = loads.reduce((sum, { requests }) => sum + requests, 0)
  const counted = lastWords.reduce((sum, { messages }) => sum + messages, 0)
  const codes = lastWords.map(({ exitCode }) => exitCode)
  return [
    {
      what: 'every answer is right, and for the member who asked',
      figure: `${sent} requests`,
      violations: loads.flatMap(({ wrong }) => wrong),
    },
    {
      what: 'each request is counted once and on record once',
      figure: `${sent} sent, ${counted} counted, ${recorded} on record`,
      violations: [
        ...(counted === sent ? [] : [`${counted} of ${sent} were counted`]),
        ...(recorded === sent ? [] : [`${recorded} of ${sent} are on record`]),
      ],
    },
    {
      what: 'every process stops with exit code 0',
      figure: codes.join(', '),
      violations: codes.filter((code) => code !== 0).map((code) => `exit code ${code ?? 'none'}`),
    },
  ]
}
