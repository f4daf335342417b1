import { z } from 'zod'
import { counterpartyId, day } from '../http/fields.ts'

const terms = {
  title: z.string().min(1).max(200),
  projectId: z.string().max(40).nullable().default(null),
  startDate: day,
  endDate: day.nullable().default(null),
  billingInterval: z.enum(['once', 'monthly', 'quarterly', 'yearly']),
  autoRenews: z.boolean().default(false),
  noticePeriodDays: z.int().min(0).max(730).nullable().default(null),
  signedOn: day.nullable().default(null),
  description: z.string().max(2_000).nullable().default(null),
}

const scheduleLine = z.strictObject({
  dueDate: day,
  amount: z.number().positive().max(100_000_000),
  description: z.string().max(200).default(''),
})

const endNotBeforeStart = {
  path: ['endDate'],
  message: 'must not be before the start date',
}

/** The body that creates a contract. */
export const contractInput = z
  .strictObject({
    ...terms,
    number: z.string().min(1).max(40),
    counterpartyId,
    schedule: z.array(scheduleLine).min(1).max(120),
  })
  .refine(isTermPossible, endNotBeforeStart)

/** The body that changes a contract. */
export const contractUpdate = z
  .strictObject({ ...terms, status: z.enum(['draft', 'active', 'terminated']) })
  .refine(isTermPossible, endNotBeforeStart)

/** A contract as a member wants it. */
export type ContractInput = z.infer<typeof contractInput>

/** The terms of a contract as a member wants them. */
export type ContractUpdate = z.infer<typeof contractUpdate>

function isTermPossible(term: { readonly startDate: string; readonly endDate: string | null }) {
  return term.endDate === null || term.endDate >= term.startDate
}
