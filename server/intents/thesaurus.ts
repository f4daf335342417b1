import { splitWords, toStem } from './words.ts'

/**
 * What people say, and what APIs call it. It holds everyday words only: what is peculiar to one API
 * belongs in the descriptions, instructions and utterances of its allow-list.
 */
const SAID = `
  agreement: contract
  bill: invoice
  bug: issue
  business: company organization
  buy: supplier purchase
  buyer: client customer
  cash: balance
  client: customer
  company: organization
  customer: client
  error: failure
  expense: cost
  file: document attachment
  instalment: payment schedule
  installment: payment schedule
  late: overdue
  money: amount balance payment
  newest: latest
  organisation: organization
  owe: outstanding due balance
  paid: payment transaction
  people: user member
  person: user contact
  phone: contact
  photo: image
  picture: image
  problem: issue alert
  receipt: attachment document
  repo: repository
  sell: sales
  spend: cost payment transaction
  staff: member user
  subscription: contract plan
  transfer: transaction payment
  vendor: supplier
  visitor: view
  worth: value amount
`

/** Gives the stems of what a word may mean beside itself. */
export function listMeant(stem: string): readonly string[] {
  return MEANT.get(stem) ?? []
}

const MEANT: ReadonlyMap<string, readonly string[]> = new Map(
  SAID.trim()
    .split('\n')
    .map((line) => splitWords(line).map(toStem))
    .map(([said = '', ...meant]) => [said, meant]),
)
