import type { Figures, RealtimeEvent } from '@parley/protocol/model'
import { keepPreviousData, type QueryClient, useQuery } from '@tanstack/react-query'
import { request } from '../api.ts'
import { addApplier } from '../appliers/more.ts'
import { useConnection } from '../connection.ts'

const KEY = ['figures']
/** Figures are for looking at, not for watching: so often at most they are read again. */
const REST_MS = 10_000

/** The figures of `?…` (`figuresPath`); those before stay while others are read. */
export function useFigures(path: string) {
  const enabled = useConnection((state) => state.canRead)
  return useQuery({
    queryKey: [...KEY, path],
    queryFn: ({ signal }) => request<Figures>('GET', `/figures?${path}`, undefined, signal),
    placeholderData: keepPreviousData,
    // What nobody looks at is not kept fresh.
    staleTime: REST_MS,
    enabled,
  })
}

let timer: ReturnType<typeof setTimeout> | undefined

addApplier((client, events) => {
  if (timer === undefined && events.some(isCounted)) timer = setTimeout(() => readAgain(client), REST_MS)
})

const isCounted = ({ type }: RealtimeEvent) =>
  type === 'message.received' || type === 'message.sent' || type === 'hidden' || type.startsWith('lead.')

function readAgain(client: QueryClient): void {
  if (document.hidden) {
    document.addEventListener('visibilitychange', () => readAgain(client), { once: true })
    return
  }
  timer = undefined
  void client.invalidateQueries({ queryKey: KEY })
}
