import type { RealtimeEvent } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'

type Applier = (client: QueryClient, events: readonly RealtimeEvent[]) => void

const appliers = new Set<Applier>()

/** For data of scenes that are loaded on demand: what nobody has opened holds nothing to be kept fresh. */
export function addApplier(applier: Applier): void {
  appliers.add(applier)
}

export function applyMore(client: QueryClient, events: readonly RealtimeEvent[]): void {
  for (const apply of appliers) apply(client, events)
}
