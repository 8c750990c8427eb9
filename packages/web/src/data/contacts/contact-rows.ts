import type { ContactId, ContactRow, Page, RealtimeEvent } from '@parley/protocol/model'

/** A row shows what it is now; who is gone goes. Where a changed one belongs now only the server knows. */
export function applyToPage(page: Page<ContactRow>, events: readonly RealtimeEvent[]): Page<ContactRow> {
  const changed = new Map(events.flatMap(({ contact }) => (contact ? [[contact.id, contact] as const] : [])))
  const gone = new Set<ContactId>(events.flatMap((event) => event.removedContactId ?? event.hiddenContactId ?? []))
  if (!page.items.some(({ id }) => changed.has(id) || gone.has(id))) return page
  const items = page.items.filter(({ id }) => !gone.has(id) || changed.has(id)).map((row) => changed.get(row.id) ?? row)
  return { ...page, items }
}
