import { z } from 'zod'
import { country, currency } from '../http/fields.ts'

const email = z.email().max(200).nullable().default(null)
const taxId = z.string().min(4).max(20).nullable().default(null)

const tags = z
  .array(z.string().min(1).max(40))
  .max(10)
  .refine(isUnique, 'must not repeat a value')
  .default([])

const contact = z.strictObject({
  name: z.string().min(1).max(100),
  email,
  phone: z.string().max(40).nullable().default(null),
  position: z.string().max(100).nullable().default(null),
})

const address = z.strictObject({
  street: z.string().max(200).nullable().default(null),
  postalCode: z.string().max(20).nullable().default(null),
  city: z.string().max(100).nullable().default(null),
})

/** The body that creates or replaces a counterparty. */
export const counterpartyInput = z.strictObject({
  name: z.string().min(1).max(200),
  legalName: z.string().max(200).nullable().default(null),
  roles: z
    .array(z.enum(['client', 'contractor', 'supplier']))
    .min(1)
    .max(3)
    .refine(isUnique, 'must not repeat a value'),
  country,
  taxId,
  currency,
  email,
  tags,
  paymentTermDays: z.int().min(0).max(180).default(30),
  address: address.default({ street: null, postalCode: null, city: null }),
  contacts: z.array(contact).max(20).default([]),
})

/** The body that creates a supplier. */
export const supplierInput = z.strictObject({
  name: z.string().min(1).max(200),
  country,
  taxId,
  currency,
  email,
  iban: z.string().min(5).max(34).nullable().default(null),
  paymentTermDays: z.int().min(0).max(180).default(14),
  costGroupId: z.string().max(40).nullable().default(null),
  tags,
})

/** A counterparty as a member wants it. */
export type CounterpartyInput = z.infer<typeof counterpartyInput>

/** A supplier as a member wants it. */
export type SupplierInput = z.infer<typeof supplierInput>

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length
}
