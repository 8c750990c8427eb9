import type { ChannelId, EventType, TestRun } from '@parley/protocol/model'
import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { request } from '../api.ts'
import { onChannelTraffic } from '../channel-traffic.ts'
import { useConnection } from '../connection.ts'
import { hearEvents } from '../realtime.ts'
import { lookOneByOne } from './look-one-by-one.ts'

const pathOf = (channelId: ChannelId, more = '') => `/channels/${channelId}/test-run${more}`

export const testRunQuery = (channelId: ChannelId) =>
  queryOptions({
    queryKey: ['test-run', channelId],
    queryFn: ({ signal }) => request<{ run: TestRun | null }>('GET', pathOf(channelId), undefined, signal),
    staleTime: 0,
  })

/** What the steps are made of, and no traffic tells of: a message that is stored, a file that is copied, a report of either. */
const OF_STEPS: ReadonlySet<EventType | 'hidden'> = new Set([
  'message.received',
  'message.updated',
  'message.status_changed',
  'connection.changed',
])
/** Where much goes on, it is not looked at more often than somebody can read. */
const APART_MS = 500

/** Looks again when something comes or goes that may tick off a step. */
export function useTestRunTraffic(channelId: ChannelId): void {
  const client = useQueryClient()
  const isOpen = useConnection((state) => state.isOpen)
  useEffect(() => {
    const looker = lookOneByOne(() =>
      Promise.all([
        client.invalidateQueries(testRunQuery(channelId)),
        new Promise((resolve) => setTimeout(resolve, APART_MS)),
      ]),
    )
    // What came while the stream was away was told to nobody.
    if (isOpen) looker.look()
    const unlisten = [
      onChannelTraffic((traffic) => {
        if (traffic.channelId === channelId) looker.look()
      }),
      hearEvents((events) => {
        if (events.some(({ type }) => OF_STEPS.has(type))) looker.look()
      }),
    ]
    return () => {
      for (const stop of unlisten) stop()
      looker.stop()
    }
  }, [channelId, client, isOpen])
}

export const startTestRun = async (channelId: ChannelId): Promise<TestRun> =>
  (await request<{ run: TestRun }>('POST', pathOf(channelId), {})).run

/** Sends one hook that is signed wrongly, or the last one once more. */
export const probe = async (channelId: ChannelId, kind: 'signature' | 'repeat'): Promise<TestRun> =>
  (await request<{ run: TestRun }>('POST', pathOf(channelId, '/probes'), { kind })).run
