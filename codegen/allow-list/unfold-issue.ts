import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/**
 * Puts what is wrong with the form that was meant in place of "is none of several forms". What has no
 * more in common with one than with another stays as it is.
 */
export function unfoldIssue(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const meant = chooseBranch(issue.errors)
  if (meant === null) return [issue]
  return meant
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    .flatMap(unfoldIssue)
}

/** The form that got furthest; of equals, the one with the least wrong. */
function chooseBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const depthOf = (issues: readonly Issue[]) =>
    Math.max(0, ...issues.map(({ code, path }) => path.length + (code === 'invalid_union' ? 1 : 0)))
  const [best] = branches.toSorted(
    (left, right) => depthOf(right) - depthOf(left) || left.length - right.length,
  )
  const isOther = best?.some(({ code, path }) => code === 'unrecognized_keys' && path.length === 0)
  return best === undefined || isOther === true || depthOf(best) === 0 ? null : best
}
