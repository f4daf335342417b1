/** A source of repeatable choices: the same seed makes the same choices, on every machine. */
export type Random = {
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number
  /** One of the items; the list must not be empty. */
  pick<Item>(items: readonly Item[]): Item
  /** True with the given probability, from 0 to 1. */
  chance(probability: number): boolean
}

/** Creates a source of repeatable choices (the generator is mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed

  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  function integer(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1))
  }

  return {
    integer,
    pick(items) {
      const item = items[integer(0, items.length - 1)]
      if (item === undefined) throw new Error('cannot pick from an empty list')
      return item
    },
    chance: (probability) => next() < probability,
  }
}
