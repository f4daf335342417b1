import type { Meant } from './judged-operation.ts'

/** Keeps the headers that a call's values became, by lower-case name; the others are not its matter. */
export function pickMeantHeaders(
  { values, body }: Meant,
  headers: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const names = values.flatMap(({ parameter }) =>
    parameter.in === 'header' ? [parameter.name.toLowerCase()] : [],
  )
  if (values.some(({ parameter }) => parameter.in === 'cookie')) names.push('cookie')
  if (body !== undefined) names.push('content-type')
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      names.includes(name.toLowerCase()) ? [[name.toLowerCase(), String(value)]] : [],
    ),
  )
}
