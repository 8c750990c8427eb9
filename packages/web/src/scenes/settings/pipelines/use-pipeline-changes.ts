import type { LossReason, Pipeline } from '@parley/protocol/model'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { boardKeys } from '../../../data/board/board-keys.ts'
import { keys } from '../../../data/query-keys.ts'
import { t } from '../../../i18n/t.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { toast } from '../../../parts/toast.ts'

/** Shows a change before the server says so. */
export type Show = (client: QueryClient) => void

export const showPipelines =
  (change: (pipelines: Pipeline[]) => Pipeline[]): Show =>
  (client) =>
    client.setQueryData<{ items: Pipeline[] }>(keys.pipelines, (data) => data && { items: change(data.items) })

export const showReasons =
  (change: (reasons: LossReason[]) => LossReason[]): Show =>
  (client) =>
    client.setQueryData<{ items: LossReason[] }>(boardKeys.lossReasons, (data) => data && { items: change(data.items) })

/** The list with one of its items at another place among those that may move. */
export function withMoved<Item>(items: readonly Item[], item: Item, position: number, isFree: (one: Item) => boolean) {
  const free = items.filter((one) => isFree(one) && one !== item)
  const order = [...free.slice(0, position), item, ...free.slice(position)]
  return items.map((one) => (isFree(one) ? order.shift()! : one))
}

/** Does something with pipelines and reads them again; what is refused is said, and is as it was. */
export function usePipelineChange() {
  const client = useQueryClient()
  return useCallback(
    async <Answer>(work: () => Promise<Answer>, show?: Show): Promise<Answer | undefined> => {
      if (show) {
        // What was asked for before would take back what is shown.
        await client.cancelQueries({ queryKey: keys.pipelines })
        show(client)
      }
      try {
        return await work()
      } catch (error) {
        toast({ tone: 'bad', text: t('pipelines.notChanged', { reason: reasonOf(error) }) })
        return undefined
      } finally {
        await client.invalidateQueries({ queryKey: keys.pipelines })
      }
    },
    [client],
  )
}

/** The same for a field that says itself what was refused. */
export function usePipelineSave() {
  const client = useQueryClient()
  return useCallback(
    async (work: Promise<unknown>) => {
      await work
      await client.invalidateQueries({ queryKey: keys.pipelines })
    },
    [client],
  )
}
