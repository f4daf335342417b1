import { z } from 'zod'

/** A calendar day that exists. */
export const day = z.iso.date()

/** The id of another record. */
export const id = z.string().min(1).max(40)

/** ISO 4217. */
export const currency = z.string().regex(/^[A-Z]{3}$/)

/** ISO 3166-1 alpha-2. */
export const country = z.string().regex(/^[A-Z]{2}$/)

/** The one kind of id whose form is documented. */
export const counterpartyId = z.string().regex(/^cp_[0-9]{4,}$/)

/** Text to search for. */
export const searchText = z.string().min(1).max(100)
