/** A text in three: what it has in common with another one before and behind, and what differs between. */
export interface Difference {
  before: string
  differing: string
  behind: string
}

/** How `text` differs from `other`; nothing differs where they are the same, or where `other` only has more. */
export function findDifference(text: string, other: string): Difference {
  const [one, two] = [[...text], [...other]]
  const most = Math.min(one.length, two.length)
  let start = 0
  while (start < most && one[start] === two[start]) start++
  let end = 0
  while (end < most - start && one[one.length - 1 - end] === two[two.length - 1 - end]) end++
  return {
    before: one.slice(0, start).join(''),
    differing: one.slice(start, one.length - end).join(''),
    behind: one.slice(one.length - end).join(''),
  }
}

const SIGNS: Record<string, string> = { '\r': '␍', '\n': '␊', '\t': '␉', '\0': '␀' }

/** Characters that nobody sees, as signs; lines are still broken where they were. */
export function showControls(text: string): string {
  return text.replace(/[\r\n\t\0]/g, (sign) => (sign === '\n' ? '␊\n' : SIGNS[sign]!))
}
