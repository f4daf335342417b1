import type { Era } from '../load/messages.ts'
import { SIZES, type Size } from './sizes.ts'

/** One kind of call, made alike to everything that is compared. */
export type Case = {
  readonly name: string
  readonly era: Era
  readonly size: Size
  readonly tool: 'invoices.get' | 'invoices.list'
  /** Other ones for each call: of reads that are the same at the same time, the connector sends one. */
  readonly argsOf: (id: number) => Readonly<Record<string, string>>
  /** Whether the connector shows only the tool's columns. */
  readonly isProjected: boolean
  /** What the upstream is asked, below its base path. */
  readonly path: string
}

/** What is called where one kind of call will do. */
export const USUAL = passedThrough('small', 'legacy')

/** The calls that are compared: `invoices.get` passes on what it is given, `invoices.list` projects. */
export const CASES: readonly Case[] = (['small', 'large'] as const).flatMap((size) =>
  (['legacy', 'modern'] as const).flatMap((era) => [
    passedThrough(size, era),
    projected(size, era),
  ]),
)

function passedThrough(size: Size, era: Era): Case {
  return {
    name: `${SIZES[size] / 1000} KB, ${era}`,
    era,
    size,
    tool: 'invoices.get',
    argsOf: (id) => ({ invoiceId: `${size}-${id}` }),
    isProjected: false,
    path: `/invoices/${size}`,
  }
}

function projected(size: Size, era: Era): Case {
  return {
    name: `${SIZES[size] / 1000} KB, projected, ${era}`,
    era,
    size,
    tool: 'invoices.list',
    argsOf: (id) => ({ q: `${size}-${id}` }),
    isProjected: true,
    path: `/invoices?q=${size}`,
  }
}
