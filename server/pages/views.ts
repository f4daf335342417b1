import type { SignInField } from '../sign-in/sign-in.ts'

/** A form that a page sends back, as POST in `application/x-www-form-urlencoded`. */
export type FormView = {
  /** The path that takes the form. */
  readonly action: string
  /** Comes back in the field `csrf`. */
  readonly csrf: string
}

/** Whom the person is dealing with, before they are signed in. */
export type ClientView = {
  /** What the client calls itself; `''` where it does not say. */
  readonly clientName: string
  /** Where the browser goes in the end: the host of the redirect URI, or what stands for it. */
  readonly redirectHost: string
}

/** The sign-in form: the fields of the connector's sign-in; `action=deny` is the way out. */
export type SignInView = FormView &
  ClientView & {
    /** The organization that this address belongs to; `null` where it serves all of them. */
    readonly realmName: string | null
    readonly fields: readonly SignInField[]
    /** What was typed before, by field name; a password in it is never shown. */
    readonly values: Readonly<Record<string, string>>
    /** What went wrong with the last attempt, in a sentence of `texts.ts`. */
    readonly problem: string | null
  }

/** The way to the vendor's own identity provider; `action=deny` is the way out. */
export type SignInElsewhereView = FormView &
  ClientView & {
    readonly providerHost: string
    readonly problem: string | null
  }

/** One organization of the person, as the consent page offers it. */
export type OrganizationChoice = {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly canApprove: boolean
  /** A sentence of `texts.ts`; where it is `null` and the role cannot approve, the page says that. */
  readonly note: string | null
  readonly isSelected: boolean
}

/** One namespace that the client may be allowed to read. */
export type ScopeChoice = {
  /** As it is in the token, for example `invoices:read`. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly isChosen: boolean
}

/**
 * The consent page. It sends `organization` (one id), `scope` (each chosen one) and `action`:
 * `allow`, `deny` or `switch`.
 */
export type ConsentView = FormView & {
  readonly connectorTitle: string
  readonly client: {
    /** What it calls itself; `''` where it does not say. */
    readonly name: string
    readonly redirectHost: string
    /** The redirect ends at a program on the person's own computer. */
    readonly isLoopback: boolean
    /** Somebody other than the client itself vouches for the name. */
    readonly isVerified: boolean
    /** The https URL of a client id metadata document; `null` for any other client. */
    readonly identifier: string | null
  }
  readonly member: { readonly name: string; readonly email: string }
  readonly organizations: readonly OrganizationChoice[]
  readonly scopes: readonly ScopeChoice[]
  /** The roles that may approve, in the words of the upstream. */
  readonly approverRoles: readonly string[]
  readonly problem: string | null
}

/** What a page about a problem says. */
export type ProblemText = {
  readonly title: string
  readonly paragraphs: readonly string[]
}

/** A page that says what happened and what to do next. */
export type ProblemView = ProblemText & {
  /** The request's id, for the support; `null` where it helps nobody. */
  readonly reference: string | null
  /** A way on: an address of ours, never one from a request. */
  readonly action: { readonly href: string; readonly label: string } | null
}

/**
 * The same with the way back to the client still open. It sends `action`: `deny` hands the refusal
 * back to the client, `switch` starts again with another account.
 */
export type ProblemWithCancelView = ProblemText &
  FormView & {
    readonly reference: string | null
  }
