const KEY = 'parley.emoji.recent'
const COUNT = 9

/** What a person picked last, newest first; at most one row. */
export function readRecentEmoji(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((emoji) => typeof emoji === 'string').slice(0, COUNT) : []
  } catch {
    return []
  }
}

export function rememberEmoji(emoji: string): void {
  try {
    const others = readRecentEmoji().filter((one) => one !== emoji)
    localStorage.setItem(KEY, JSON.stringify([emoji, ...others].slice(0, COUNT)))
  } catch {
    // The row stays as it was.
  }
}
