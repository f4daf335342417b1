/** What a change means to those who use the connector, the worst first. */
export const CHANGE_CLASSES = ['breaking', 'risky', 'additive', 'cosmetic'] as const
/**
 * One of the classes: `breaking` refuses or hides what worked before, `risky` may steer a model or
 * reach something else, `additive` offers more, and `cosmetic` changes neither calls nor answers.
 */
export type ChangeClass = (typeof CHANGE_CLASSES)[number]

/** What one difference is, wherever it was found. */
export type Difference = {
  readonly class: ChangeClass
  /** A sentence part, for example `argument "status" is gone`. */
  readonly what: string
  /** The old and the new text, word by word; `null` where nothing is to be read. */
  readonly diff: string | null
}

/** One difference between two manifests. */
export type Change = Difference & {
  /** The tool's name; `null` where the connector as a whole changed. */
  readonly tool: string | null
}

/** Counts changes by class, the worst first; every class is named. */
export function countChanges(
  changes: readonly Difference[],
): Readonly<Record<ChangeClass, number>> {
  const count = (wanted: ChangeClass) => changes.filter((change) => change.class === wanted).length
  return {
    breaking: count('breaking'),
    risky: count('risky'),
    additive: count('additive'),
    cosmetic: count('cosmetic'),
  }
}

/** Orders changes by class, the worst first; inside a class they stay as they were. */
export function worstFirst<Kind extends Difference>(changes: readonly Kind[]): readonly Kind[] {
  return CHANGE_CLASSES.flatMap((wanted) => changes.filter((change) => change.class === wanted))
}

/** Writes a difference down; `''` is the place of the whole. */
export function tell(
  kind: ChangeClass,
  place: string,
  what: string,
  diff: string | null = null,
): Difference {
  return { class: kind, what: place === '' ? what : `${place}: ${what}`, diff }
}
