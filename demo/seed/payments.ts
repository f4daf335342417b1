import { addDays } from '../dates.ts'
import { TODAY } from '../today.ts'
import type { Random } from './random.ts'

/** What decides how an invoice was paid. */
export type PayableInvoice = {
  readonly issueDate: string
  readonly dueDate: string
  readonly totalCents: number
  readonly isFromContract: boolean
}

/** A payment before it has an id and, mostly, a bank transaction. */
export type PaymentSeed = {
  readonly paidOn: string
  readonly amountCents: number
  readonly method: 'bank_transfer' | 'card' | 'direct_debit'
}

/** Decides an invoice's state, and makes the payments that prove it. */
export function payInvoice(
  invoice: PayableInvoice,
  random: Random,
): { readonly status: string; readonly payments: readonly PaymentSeed[] } {
  if (!invoice.isFromContract) {
    const isRecent = invoice.issueDate > '2026-10-25'
    if (isRecent && random.chance(0.4)) return { status: 'draft', payments: [] }
    if (random.chance(0.03)) return { status: 'void', payments: [] }
  }
  const isDue = invoice.dueDate < TODAY
  if (random.chance(isDue ? 0.86 : 0.2)) {
    return { status: 'paid', payments: payInFull(invoice, random) }
  }
  if (random.chance(0.35)) {
    const amountCents = Math.ceil(invoice.totalCents * 0.4)
    return { status: 'partially_paid', payments: [pay(invoice, amountCents, random)] }
  }
  return { status: 'sent', payments: [] }
}

function payInFull(invoice: PayableInvoice, random: Random): PaymentSeed[] {
  if (random.chance(0.85)) return [pay(invoice, invoice.totalCents, random)]
  const first = Math.ceil(invoice.totalCents * 0.3)
  const parts = [pay(invoice, first, random), pay(invoice, invoice.totalCents - first, random)]
  return parts.toSorted((a, b) => (a.paidOn < b.paidOn ? -1 : 1))
}

/** Paid between the day after issue and some days after the due date, but never after today. */
function pay(invoice: PayableInvoice, amountCents: number, random: Random): PaymentSeed {
  const late = addDays(invoice.dueDate, random.integer(-6, 12))
  const earliest = addDays(invoice.issueDate, 1)
  const wanted = late < earliest ? earliest : late
  return {
    paidOn: wanted > TODAY ? TODAY : wanted,
    amountCents,
    method: random.pick([
      'bank_transfer',
      'bank_transfer',
      'bank_transfer',
      'direct_debit',
      'card',
    ]),
  }
}
