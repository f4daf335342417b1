import { z } from 'zod'
import { counterpartyId, day, id } from '../http/fields.ts'

const line = z.strictObject({
  description: z.string().min(1).max(300),
  quantity: z.number().positive().max(1_000_000),
  unit: z.enum(['hour', 'day', 'piece', 'month', 'flat']).default('piece'),
  unitPrice: z.number().min(0).max(10_000_000),
  taxGroupId: id,
})

/** The body that creates or replaces an invoice. */
export const invoiceInput = z
  .strictObject({
    number: z.string().min(1).max(40).optional(),
    kind: z.enum(['sales', 'purchase']),
    counterpartyId,
    projectId: z.string().max(40).nullable().default(null),
    issueDate: day,
    dueDate: day,
    note: z.string().max(1_000).nullable().default(null),
    archived: z.boolean().default(false),
    lines: z.array(line).min(1).max(100),
  })
  .refine(({ issueDate, dueDate }) => dueDate >= issueDate, {
    path: ['dueDate'],
    message: 'must not be before the issue date',
  })
  .refine(({ kind, number }) => kind === 'sales' || number !== undefined, {
    path: ['number'],
    message: 'is required for purchase invoices',
  })

/** An invoice as a member wants it. */
export type InvoiceInput = z.infer<typeof invoiceInput>
