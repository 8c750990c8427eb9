/**
 * Runs once for many calls: a moment after the first, with everything that was asked for since. A burst of events is then one
 * request.
 */
export function soon<Item>(delayMs: number, run: (items: Item[]) => void): (items: readonly Item[]) => void {
  let waiting: Item[] | undefined
  return (items) => {
    if (waiting) {
      waiting.push(...items)
      return
    }
    waiting = [...items]
    setTimeout(() => {
      const all = waiting ?? []
      waiting = undefined
      run(all)
    }, delayMs)
  }
}
