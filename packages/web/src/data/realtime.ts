import type { RealtimeEvent, RealtimeWhisper } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { dropRefused, isBase, readEverythingAgain } from './appliers/access.ts'
import { applyEvents } from './apply-events.ts'
import { hearChannelTraffic } from './channel-traffic.ts'
import { hearRegistrations } from './channels/registrations.ts'
import { setCanRead, setHeard, setStreamOpen, useConnection } from './connection.ts'
import { hearDraft, readDrafts, retryDrafts } from './conversation/keep-drafts.ts'
import { forgetPresence, hearPresence } from './conversation/presence.ts'
import { holdStream } from './fresh.ts'
import { hearBulk } from './inbox/bulk.ts'
import { forgetCounts, hearCounts } from './inbox/hear-counts.ts'
import { keys } from './query-keys.ts'
import { loseSession } from './session.ts'
import { shareStream } from './stream/share-stream.ts'
import { endTyping, forgetTyping, hearTyping } from './typing.ts'

const listeners = new Set<(events: readonly RealtimeEvent[]) => void>()

/** Hears what happens, after it is in the cache, until the answer is called. */
export function hearEvents(listener: (events: readonly RealtimeEvent[]) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Opens the event stream (or joins the one another tab holds) and keeps the cache fresh with it. Answers how to stop. */
export function startRealtime(client: QueryClient, scope: string, after: number): () => void {
  setStreamOpen(false)
  const opened = shareStream({
    scope,
    after,
    onEvents: (events) => {
      applyEvents(client, events)
      endTyping(events)
      for (const tell of listeners) tell(events)
      for (const { draft } of events) if (draft) hearDraft(draft)
    },
    onWhisper: (whisper) => hearWhisper(client, whisper),
    onReset: () => {
      readEverythingAgain(client)
      void readDrafts(scope)
    },
    onOpenChange(isOpen) {
      setStreamOpen(isOpen)
      if (!isOpen) return
      retryDrafts()
      // What was whispered meanwhile was not heard.
      hearRegistrations(client)
      // What could not be read while there was no connection can be now.
      void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' })
    },
    onAlive: () => setHeard(Date.now()),
    onUnauthorized: loseSession,
  })
  const letGo = holdStream(opened)
  void readDrafts(scope)
  // What was read without a number to start from may already be stale.
  if (useConnection.getState().canRead)
    void client.invalidateQueries({ predicate: ({ queryKey }) => !isBase(queryKey) })
  // A list that is on its way may be older than the stream's first number.
  void client.invalidateQueries({ queryKey: keys.chats, predicate: ({ state }) => state.fetchStatus === 'fetching' })
  setCanRead(true)
  const stopDropping = dropRefused(client)
  const hurry = () => {
    if (document.visibilityState === 'visible') opened.hurry()
  }
  window.addEventListener('online', hurry)
  document.addEventListener('visibilitychange', hurry)
  return () => {
    window.removeEventListener('online', hurry)
    document.removeEventListener('visibilitychange', hurry)
    stopDropping()
    opened.stop()
    forgetTyping()
    forgetCounts()
    forgetPresence()
    setStreamOpen(null)
    setCanRead(false)
    letGo()
  }
}

function hearWhisper(client: QueryClient, whisper: RealtimeWhisper): void {
  if (whisper.type === 'typing') hearTyping(whisper)
  else if (whisper.type === 'presence') hearPresence(whisper)
  else if (whisper.type === 'counts') hearCounts(client)
  else if (whisper.type === 'bulk') hearBulk(client, whisper.job)
  else if (whisper.type === 'channel_traffic') hearChannelTraffic(whisper)
  else if (whisper.type === 'registrations') hearRegistrations(client)
}
