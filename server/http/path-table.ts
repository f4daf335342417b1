/**
 * Makes a table of what stands at fixed paths. It is asked as the router is: in any case, with or
 * without a slash at the end.
 *
 * @param values by path, without a slash at the end
 */
export function createPathTable<Value>(
  values: ReadonlyMap<string, Value>,
): (path: string) => Value | undefined {
  const folded = new Map([...values].map(([path, value]) => [fold(path), value]))
  return (path) => values.get(path) ?? folded.get(fold(path))
}

function fold(path: string): string {
  return path.toLowerCase().replace(/\/$/, '')
}
