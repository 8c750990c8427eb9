import type { RealtimeEvent } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { addApplier } from '../appliers/more.ts'
import { soon } from '../board/soon.ts'
import { sourceUseQuery, tagUseQuery } from './queries.ts'

/** Many leads change at once, and messages never stop: what is shown of them may be this late. */
const DELAY_MS = 1_000

const gathered = new WeakMap<QueryClient, (keys: readonly (readonly string[])[]) => void>()

function readSoon(client: QueryClient, key: readonly string[]): void {
  let read = gathered.get(client)
  if (!read) {
    read = soon(DELAY_MS, (keys) => {
      for (const queryKey of new Set(keys)) void client.invalidateQueries({ queryKey })
    })
    gathered.set(client, read)
  }
  read([key])
}

/** Keeps the counts beside tags and sources fresh while somebody looks at them. */
function followUse(client: QueryClient, events: readonly RealtimeEvent[]): void {
  const hasChanged = (one: RealtimeEvent) =>
    one.lead !== undefined || one.removedLeadId !== undefined || one.contact !== undefined
  if (events.some(hasChanged)) readSoon(client, tagUseQuery.queryKey)
  if (events.some(({ message }) => message !== undefined)) readSoon(client, sourceUseQuery.queryKey)
}

addApplier(followUse)
