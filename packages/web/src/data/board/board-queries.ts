import type { CardPage, LeadFilter, LeadId, LeadSort, PipelineId, StageId } from '@parley/protocol/model'
import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useConnection } from '../connection.ts'
import type { PageKey } from '../endpoints.ts'
import { fetchFresh } from '../fresh.ts'
import { applyToBoard, type BoardScope } from './apply-to-board.ts'
import { appendPage, type BoardData, type Column, columnOf, toBoardData } from './board-data.ts'
import { boardKeys, type LeadsKey } from './board-keys.ts'
import {
  findLinkTargets,
  getBoard,
  getStagePage,
  type IncomingWish,
  listIncoming,
  listLeads,
  listLossReasons,
} from './endpoints.ts'
import './follow-board.ts'
import { appendIncoming, applyToIncoming, type IncomingData, toIncomingData } from './incoming-data.ts'
import { applyToLeads, type LeadsData } from './leads-data.ts'

/** A pipeline's board, kept fresh by the stream. Its data has no structure to share: what did not change is the same already. */
export function useBoard(pipelineId: PipelineId, filter: LeadFilter) {
  const enabled = useConnection((state) => state.canRead)
  return useQuery<BoardData>({
    queryKey: boardKeys.board(pipelineId, filter),
    structuralSharing: false,
    enabled,
    queryFn: ({ signal }) =>
      fetchFresh(
        async () => toBoardData(await getBoard(pipelineId, filter, signal)),
        (data, events) => applyToBoard(data, events, { pipelineId, filter }),
      ),
  })
}

/** Reads on in one column. */
export function useMoreCards({ pipelineId, filter }: BoardScope, stageId: StageId) {
  const client = useQueryClient()
  return useMorePages(
    useCallback(() => readMoreCards(client, { pipelineId, filter }, stageId), [client, pipelineId, filter, stageId]),
  )
}

async function readMoreCards(client: QueryClient, scope: BoardScope, stageId: StageId): Promise<void> {
  const key = boardKeys.board(scope.pipelineId, scope.filter)
  const data = client.getQueryData<BoardData>(key)
  const next = data ? columnOf(data, stageId).next : null
  if (next === null) return
  const column = await fetchFresh(
    async (): Promise<Column> => {
      const page = await getStagePage(scope.pipelineId, stageId, scope.filter, next)
      return { cards: page.items, next: page.next }
    },
    (read, events) =>
      columnOf(applyToBoard({ counts: {}, columns: { [stageId]: read }, partial: [] }, events, scope), stageId),
  )
  client.setQueryData<BoardData>(key, (held) =>
    // Read again from the start meanwhile: then this page has no place under it.
    held && columnOf(held, stageId).next === next ? appendPage(held, stageId, column) : held,
  )
}

/** One page at a time; after a failure only when asked. */
function useMorePages(read: () => Promise<void>) {
  const [state, setState] = useState<'idle' | 'reading' | 'failed'>('idle')
  const more = useCallback(() => {
    setState('reading')
    read().then(
      () => setState('idle'),
      () => setState('failed'),
    )
  }, [read])
  return { state, more }
}

export function useLeads(pipelineId: PipelineId, filter: LeadFilter, sort: LeadSort) {
  const enabled = useConnection((state) => state.canRead)
  const query = useInfiniteQuery<CardPage, Error, LeadsData, LeadsKey, PageKey>({
    queryKey: boardKeys.leads(pipelineId, filter, sort),
    structuralSharing: false,
    initialPageParam: null,
    enabled,
    queryFn: ({ pageParam, signal }) =>
      fetchFresh(
        () => listLeads(pipelineId, filter, sort, pageParam, signal),
        (page, events) =>
          applyToLeads({ pages: [page], pageParams: [pageParam] }, events, { pipelineId, filter }).pages[0] ?? page,
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const cards = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return { query, cards }
}

export function useIncoming(wish: IncomingWish) {
  const enabled = useConnection((state) => state.canRead)
  const client = useQueryClient()
  const key = useMemo(() => boardKeys.incoming(wish), [wish])
  const query = useQuery<IncomingData>({
    queryKey: key,
    structuralSharing: false,
    enabled,
    queryFn: ({ signal }) =>
      fetchFresh(async () => toIncomingData(await listIncoming(wish, null, signal)), applyToIncoming),
  })
  const more = useMorePages(
    useCallback(async () => {
      const next = client.getQueryData<IncomingData>(key)?.next ?? null
      if (next === null) return
      const page = await listIncoming(wish, next)
      client.setQueryData<IncomingData>(key, (held) => (held?.next === next ? appendIncoming(held, page, wish) : held))
    }, [client, key, wish]),
  )
  return { query, more }
}

/** Asked anew every time: whom somebody can be linked to changes under it. */
export const useLinkTargets = (leadId: LeadId, q: string) =>
  useQuery({
    queryKey: boardKeys.linkTargets(leadId, q),
    queryFn: ({ signal }) => findLinkTargets(q, leadId, signal),
    enabled: q !== '',
    staleTime: 0,
    gcTime: 0,
  })

export const useLossReasons = (enabled = true) =>
  useQuery({ queryKey: boardKeys.lossReasons, queryFn: ({ signal }) => listLossReasons(signal), enabled })

/** Contacts by name, number or address. */
export const useContactSearch = (q: string) =>
  useQuery({
    queryKey: boardKeys.linkTargets(0 as LeadId, q),
    queryFn: ({ signal }) => findLinkTargets(q, undefined, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
