import type { MessageId } from '@parley/protocol/model'
import type { OutboxEntry } from './outbox-store.ts'

const urls = new Map<MessageId, string>()
/** The screen draws the server's copy a moment after the entry is gone: until then its picture must stay. */
const GRACE_MS = 10_000

/** Where the screen can show a waiting file from; the same for one entry as long as it waits. */
export function localUrlOf({ id, file }: OutboxEntry): string | null {
  if (!file) return null
  if (!file.blob) return file.uploaded?.url ?? null
  const url = urls.get(id) ?? URL.createObjectURL(file.blob)
  urls.set(id, url)
  return url
}

/** Lets go of the files of entries that are gone. */
export function keepLocalUrls(entries: readonly OutboxEntry[]): void {
  const waiting = new Set(entries.map(({ id }) => id))
  for (const [id, url] of urls) {
    if (waiting.has(id)) continue
    urls.delete(id)
    setTimeout(() => URL.revokeObjectURL(url), GRACE_MS)
  }
}
