import type { ChannelId, RealtimeChannelTraffic } from '@parley/protocol/model'
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { onChannelTraffic } from '../channel-traffic.ts'
import { useConnection } from '../connection.ts'
import { hearEvents } from '../realtime.ts'
import { lookOneByOne } from './look-one-by-one.ts'
import { freshOf, type LogPage, mergeNewest } from './merge-newest.ts'

interface LogOptions<P> {
  channelId: ChannelId
  what: RealtimeChannelTraffic['what']
  /** What is asked for; a part of the key. */
  filter: unknown
  load: (before: string | null, signal?: AbortSignal) => Promise<P>
  isPaused: boolean
  /** Events after which there may be something, too, that no traffic tells of. */
  events?: ReadonlySet<string>
  /** Something came: what else is shown of it is read again, too. */
  onTraffic?: () => void
}

/** The lines of a log, newest first: what comes is put on top without asking again and again; while it is paused, counted. */
export function useLiveLog<Item extends { id: string }, P extends LogPage<Item>>(options: LogOptions<P>) {
  const { channelId, what, filter, isPaused } = options
  const client = useQueryClient()
  const key = ['channel-log', what, channelId, filter] as const
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => options.load(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // What came while nobody looked was not told.
    staleTime: 0,
    gcTime: 0,
  })
  const [heldBack, setHeldBack] = useState<P | null>(null)
  const isOpen = useConnection((state) => state.isOpen)
  const now = useRef({ ...options, key })
  now.current = { ...options, key }

  // biome-ignore lint/correctness/useExhaustiveDependencies: reads what is asked for when it is called
  useEffect(() => {
    if (isPaused) return
    setHeldBack((page) => {
      if (page) put(page)
      return null
    })
  }, [isPaused])

  const put = (page: P) =>
    client.setQueryData<InfiniteData<P, unknown>>(now.current.key, (held) => held && mergeNewest<Item, P>(held, page))

  // biome-ignore lint/correctness/useExhaustiveDependencies: also when the stream is back, for what it missed
  useEffect(() => {
    const looker = lookOneByOne(async () => {
      const { load, key: asked } = now.current
      const page = await load(null)
      // Something else is asked for meanwhile.
      if (JSON.stringify(now.current.key) !== JSON.stringify(asked)) return
      if (now.current.isPaused) setHeldBack(page)
      else put(page)
    })
    if (isOpen) looker.look()
    const hear = () => {
      looker.look()
      now.current.onTraffic?.()
    }
    const unlisten = [
      onChannelTraffic((traffic) => {
        if (traffic.channelId === channelId && traffic.what === what) hear()
      }),
      hearEvents((events) => {
        if (events.some(({ type }) => now.current.events?.has(type))) hear()
      }),
    ]
    return () => {
      for (const stop of unlisten) stop()
      looker.stop()
    }
  }, [channelId, what, isOpen, client])

  const items = query.data?.pages.flatMap((page) => page.items)
  const waiting = heldBack && query.data ? freshOf<Item, P>(query.data, heldBack).length : 0
  return { query, items, waiting, isWaitingMore: waiting > 0 && waiting === heldBack?.items.length }
}
