import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { Refusal } from './failures.ts'

/** Where secrets come from: a terminal, or lines that a program writes. */
export type SecretInput = NodeJS.ReadableStream & { readonly isTTY?: boolean }

/**
 * Asks for values that belong on no command line: other users and the shell's history see those.
 *
 * @throws {Refusal} where the input ends, or Ctrl-C is pressed, before the last value
 */
export type AskSecrets = (labels: readonly string[]) => Promise<readonly string[]>

/**
 * Asks on a terminal without an echo, or reads one line for each value where there is no terminal.
 *
 * @param options.prompt writes a question; nothing that is typed appears anywhere
 */
export function createAskSecrets(options: {
  readonly input: SecretInput
  readonly prompt: (text: string) => void
}): AskSecrets {
  const { input, prompt } = options
  const isTerminal = input.isTTY === true

  return async function askSecrets(labels) {
    // The line editor echoes into its output: this one swallows everything.
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    const reader = createInterface({ input, output: nowhere, terminal: isTerminal, historySize: 0 })
    reader.on('SIGINT', () => reader.close())
    const lines = reader[Symbol.asyncIterator]()
    const values: string[] = []
    try {
      for (const label of labels) {
        if (isTerminal) prompt(`${label}: `)
        const line = await lines.next()
        if (isTerminal) prompt('\n')
        if (line.done === true) throw new Refusal(`no value for "${label}": nothing was changed`)
        values.push(line.value)
      }
      return values
    } finally {
      reader.close()
    }
  }
}
