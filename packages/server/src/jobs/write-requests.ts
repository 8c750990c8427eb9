import { setTimeout as rest } from 'node:timers/promises'
import type { ChannelId } from '@parley/protocol/model'
import type { KeptRequest, RequestLog } from '../domain/channel-requests/request-log.ts'
import { writeRequests } from '../domain/channel-requests/write-requests.ts'
import { tellConsole } from '../domain/channels/tell-console.ts'
import type { Deps } from '../domain/deps.ts'

type WriterDeps = Pick<Deps, 'hotPool' | 'newId' | 'whisper' | 'log'>

/**
 * After the first request that comes, others are waited for this long, so that many are written at once; by real time, whatever the
 * clock says: it spares work, it means nothing. And always a few times as long as the writing took: who is busy is busy with
 * something better.
 */
const REST_MS = 300
const GIVEN_WAY = 4
/** In one statement. */
const AT_ONCE = 200

/** Writes down what channels asked, off everybody's path, and tells the consoles that there is something to read. */
export function startRequestWriter(deps: WriterDeps, log: RequestLog): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let running: Promise<void> | undefined

  async function write(): Promise<void> {
    for (;;) {
      const kept = log.drain()
      if (kept.length === 0) break
      const startedAt = performance.now()
      await writeAll(deps, kept)
      const pause = Math.max(REST_MS, (performance.now() - startedAt) * GIVEN_WAY)
      await rest(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
    // With the same breath that saw nothing: what came a moment later would wake nobody, and neither would all after it.
    running = undefined
  }

  log.onArrival(() => {
    running ??= write()
  })
  return {
    async stop() {
      stopping.abort()
      await running
      await writeAll(deps, log.drain())
    },
  }
}

/** What cannot be written is lost: the log of it must not grow while a database is away. */
async function writeAll(deps: WriterDeps, kept: readonly KeptRequest[]): Promise<void> {
  for (let from = 0; from < kept.length; from += AT_ONCE) {
    const part = kept.slice(from, from + AT_ONCE)
    try {
      await writeRequests(deps.hotPool, deps.newId, part)
      tellOwners(deps, part)
    } catch (error) {
      deps.log.warn({ err: error, requests: part.length }, 'requests of channels could not be written down')
    }
  }
}

function tellOwners({ whisper }: WriterDeps, kept: readonly KeptRequest[]): void {
  const owners = new Map(kept.map(({ channel }) => [channel.id, channel.ownerAccountId]))
  for (const [channelId, accountId] of owners as Map<ChannelId, KeptRequest['channel']['ownerAccountId']>)
    if (accountId !== null) tellConsole(whisper, { accountId, channelId }, 'requests')
}
