import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { CANCEL_SYMBOL } from '@clack/prompts'
import { cancel, confirm, isCancel, multiselect, select, text } from '@clack/prompts'
import { SPECS_FOLDER } from '../jobs.ts'
import { countOf } from '../problem.ts'
import { toConnectorName } from './describe-connector.ts'
import type { Inspection } from './inspect-document.ts'
import { proposeConnector } from './propose-connector.ts'
import { proposeLogins } from './propose-login.ts'
import type { Choices, LoginProposal } from './proposal.ts'

/** Where a person is asked. */
export type Terminal = { readonly input: Readable; readonly output: Writable }

/** What a person decided, and where it is to be written. */
export type Answers = { readonly choices: Choices; readonly folder: string }

/**
 * Asks for what a document cannot say, with the proposal as the answer to every question.
 *
 * @param out the folder of the command line; `null` is one of the connector's name
 * @param proposed what the command line decides
 * @returns `null` when the person does not want to go on
 */
export async function askChoices(
  inspection: Inspection,
  { out, proposed }: { readonly out: string | null; readonly proposed: Choices },
  terminal: Terminal,
): Promise<Answers | null> {
  try {
    const choices = await askAll(inspection, out, proposed, terminal)
    const folder = out ?? join(SPECS_FOLDER, choices.name)
    const { tools, namespaces } = proposeConnector(inspection, choices)
    const what = `${countOf(tools.length, 'tool')} in ${countOf(namespaces.length, 'namespace')}`
    const message = `Write ${folder} with ${what}?`
    if (!(await answered(confirm({ message, ...terminal })))) throw new Cancelled()
    return { choices, folder }
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    cancel('Nothing was written.', terminal)
    return null
  }
}

/** Somebody pressed Ctrl-C, or said no. */
class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

async function answered<Value>(question: Promise<Value | typeof CANCEL_SYMBOL>): Promise<Value> {
  const answer = await question
  if (isCancel(answer)) throw new Cancelled()
  return answer
}

async function askAll(
  inspection: Inspection,
  out: string | null,
  proposed: Choices,
  terminal: Terminal,
): Promise<Choices & { readonly name: string }> {
  const { connector } = proposeConnector(inspection, proposed)
  const title = await answered(
    text({
      message: 'What is the connector called?',
      initialValue: connector.title,
      validate: (value) => (value?.trim() ? undefined : 'It needs a title.'),
      ...terminal,
    }),
  )
  const name = proposed.name ?? (await askName(toConnectorName(title), out, terminal))
  const named = { ...proposed, title: title.trim(), name }
  const harmless = await askHarmless(inspection, named, terminal)
  const namespaces = await askNamespaces(inspection, { ...named, harmless }, terminal)
  const login = await askLogin(inspection, terminal)
  return { ...named, harmless, namespaces, login }
}

async function askName(wish: string, out: string | null, terminal: Terminal): Promise<string> {
  return await answered(
    text({
      message: 'Its short name, in paths and in CONNECTOR?',
      initialValue: wish,
      validate: (value = '') => {
        if (value !== toConnectorName(value)) return 'Lower-case letters, digits and "-", please.'
        const folder = join(SPECS_FOLDER, value)
        return out === null && existsSync(folder) ? `${folder} is there already.` : undefined
      },
      ...terminal,
    }),
  )
}

async function askHarmless(
  inspection: Inspection,
  choices: Choices,
  terminal: Terminal,
): Promise<readonly string[]> {
  const { leftOut } = proposeConnector(inspection, choices)
  const suspicious = leftOut.filter(({ kind }) => kind === 'changes')
  if (suspicious.length === 0) return []
  return await answered(
    multiselect({
      message: 'These look as if they changed something. Which of them only read?',
      options: suspicious.map(({ operation, text: label, why }) => ({
        value: operation,
        label,
        hint: why,
      })),
      required: false,
      maxItems: 12,
      ...terminal,
    }),
  )
}

async function askNamespaces(
  inspection: Inspection,
  choices: Choices,
  terminal: Terminal,
): Promise<readonly string[]> {
  const { namespaces, tools } = proposeConnector(inspection, choices)
  const names = namespaces.map(({ name }) => name)
  if (names.length < 2) return names
  return await answered(
    multiselect({
      message: 'What may be read?',
      options: namespaces.map(({ name, title }) => {
        const own = tools.filter(({ namespace }) => namespace === name)
        return { value: name, label: title, hint: countOf(own.length, 'tool') }
      }),
      initialValues: names,
      required: true,
      maxItems: 12,
      ...terminal,
    }),
  )
}

async function askLogin({ bundle }: Inspection, terminal: Terminal): Promise<LoginProposal> {
  const logins = proposeLogins(bundle)
  const [first = { credential: null, scheme: null, issuer: null }] = logins
  if (logins.length < 2) return first
  const chosen = await answered(
    select({
      message: 'How is the upstream signed in to? (One credential for everybody.)',
      options: logins.map((login, index) => ({ value: index, label: describeLogin(login) })),
      initialValue: 0,
      ...terminal,
    }),
  )
  return logins[chosen] ?? first
}

function describeLogin({ credential, scheme }: LoginProposal): string {
  if (credential === null) return 'nothing is sent'
  const [[kind, name] = ['', '']] = Object.entries(credential)
  const word = 'scheme' in credential ? ` with ${credential.scheme}` : ''
  return `${scheme ?? ''}: ${kind} ${name}${word}`
}
