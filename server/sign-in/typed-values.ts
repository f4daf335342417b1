import type { FormSignIn } from './sign-in.ts'

/** What was typed into the fields of a sign-in; whatever else a form holds is left out. */
export function readTypedValues(
  { fields }: FormSignIn,
  form: URLSearchParams,
): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ name }) => [name, form.get(name) ?? '']))
}

/** What may be shown again of it, once it was refused: never a password. */
export function toShownValues(
  { fields }: FormSignIn,
  form: URLSearchParams | null,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map(({ name, type }) => [name, type === 'password' ? '' : (form?.get(name) ?? '')]),
  )
}

/** The account that was named, however it was spelled: attempts are counted by it. */
export function accountOf({ accountField }: FormSignIn, form: URLSearchParams): string {
  return (form.get(accountField) ?? '').trim().toLowerCase()
}
