import { z } from 'zod'
import { counterpartyId, currency, day } from '../http/fields.ts'

/** The states a project can be in. */
export const projectStatus = z.enum(['planned', 'active', 'on_hold', 'completed'])

/** How a project is paid for. */
export const billingType = z.enum(['fixed_price', 'time_and_materials', 'retainer', 'non_billable'])

/** The body that creates or replaces a project. */
export const projectInput = z.strictObject({
  code: z.string().min(1).max(20),
  name: z.string().min(1).max(200),
  status: projectStatus,
  billingType,
  clientId: counterpartyId.nullable().default(null),
  startDate: day,
  endDate: day.nullable().default(null),
  budget: z.number().min(0).max(1_000_000_000).nullable().default(null),
  currency,
  metadata: z
    .record(z.string(), z.string().max(200))
    .refine((labels) => Object.keys(labels).length <= 20, 'must have at most 20 labels')
    .default({}),
})

/** A project as a member wants it. */
export type ProjectInput = z.infer<typeof projectInput>
