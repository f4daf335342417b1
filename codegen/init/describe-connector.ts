import { toWords } from '../tool/names.ts'
import { capitalise, cutText, toList, toOneLine } from '../tool/texts.ts'
import type { Choices, Proposal } from './proposal.ts'

const MAX_TITLE_LENGTH = 40
/** The slug of a connector (see `connectorSchema`). */
const MAX_NAME_LENGTH = 40
/** Clients show the first 512 characters of the instructions alone; the advice must fit into them, too. */
const MAX_NAMED = 10

/** Proposes what the connector is called, and the sentences that every client reads first. */
export function describeConnector(
  documentTitle: string,
  namespaces: readonly string[],
  choices: Pick<Choices, 'name' | 'title'>,
): Proposal['connector'] {
  const title = choices.title ?? toTitle(documentTitle)
  const named = namespaces.slice(0, MAX_NAMED).map(toWords)
  const groups = namespaces.length > named.length ? [...named, 'more'] : named
  return {
    name: choices.name ?? toConnectorName(title),
    title,
    // Nothing of the document's own prose: it is written for developers, and could say anything.
    instructions: `Reads the data of ${title}: ${toList(groups)}. Everything here only reads: search with the list tools, narrow by their arguments, and pass an id from an answer to the matching get tool.`,
  }
}

/** Proposes a title: at most 40 characters of what the document is called. */
export function toTitle(text: string): string {
  const plain = toOneLine(text)
    .replace(/\s*[([][^)\]]*[)\]]/g, '')
    .replace(/[-–—:|,]?\s*\bv?\d+(?:\.\d+)*\b.*$/i, '')
    .replace(/\b(?:open ?api|swagger|rest(?:ful)?|specifications?|documentation|docs)\b/gi, '')
    .replace(/\b(?:public )?apis?\b(?=[^a-z0-9]*$)/i, '')
    .replace(/[\s\-–—:|,.]+$/, '')
    .replace(/^[\s\-–—:|,.]+|\s+(?=\s)/g, '')
  return capitalise(cutText(plain, MAX_TITLE_LENGTH).replace(/[…\s]+$/, '')) || 'Connector'
}

/** Makes a connector's name of any text: a word of `a–z`, `0–9` and `-` that begins with a letter. */
export function toConnectorName(text: string): string {
  const slug = text
    .normalize('NFKD')
    .replace(/[\p{M}'’]+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
  return slug.slice(0, MAX_NAME_LENGTH).replace(/-+$/, '') || 'connector'
}
