import type { Readable } from 'node:stream'
import type { ProblemText } from '../pages/views.ts'
import type { Template } from '../pages/compile-templates.ts'
import type { Pending } from './pending.ts'

/** A value that is shown once and never again, with what it is called. */
export type ShownOnce = { readonly label: string; readonly value: string }

/** What a page of the console comes to; `door.ts` makes an HTTP answer of it. */
export type Answer =
  | {
      readonly kind: 'page'
      /** Of a page that stands in the frame: `{{#> frame}} … {{/frame}}`. */
      readonly template: Template
      readonly heading: string
      /** What the template shows beside the frame. */
      readonly context: object
      /** 200 by default; 422 for a form that has to be mended. */
      readonly status?: number
      /** What is wrong with the form that was sent; it is read out. */
      readonly problem?: string | null
    }
  /** A part of a page, for a page that is open. */
  | { readonly kind: 'part'; readonly template: Template; readonly context: object }
  /** Sends the browser on, and has the next page say what happened and show what is shown once. */
  | {
      readonly kind: 'go'
      readonly to: string
      readonly notice: string | null
      readonly secrets?: readonly ShownOnce[]
    }
  /** Has the member prove once more who they are, and goes on with that credential. */
  | { readonly kind: 'confirm'; readonly pending: Pending }
  | {
      readonly kind: 'download'
      readonly type: string
      readonly fileName: string
      readonly body: Readable
    }
  | {
      readonly kind: 'problem'
      readonly status: number
      readonly text: ProblemText
      readonly action?: { readonly href: string; readonly label: string }
    }
