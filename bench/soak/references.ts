/** The first answer of each kind, which all later ones have to be. */
export type References = {
  /**
   * Compares with the first answer to the same question of the same caller.
   *
   * @param question what was asked, by whom
   * @param judgeFirst looks closely at the first one
   */
  readonly check: (
    question: string,
    text: string,
    judgeFirst: (text: string) => string | null,
  ) => string | null
}

/** Makes them empty: the upstream's data never changes, so that no answer may change. */
export function createReferences(): References {
  const known = new Map<string, string>()
  return {
    check(question, text, judgeFirst) {
      const first = known.get(question)
      if (first !== undefined) return first === text ? null : 'another answer than before'
      const complaint = judgeFirst(text)
      if (complaint === null) known.set(question, text)
      return complaint
    },
  }
}
