import type { ChangeViewRequest, InboxFilters, InboxSort, InboxView } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { changeView, createView, deleteView } from '../../../data/inbox/endpoints.ts'
import { type InboxSearch, listOf } from '../../../data/inbox/search.ts'
import { viewKeys } from '../../../data/inbox/view-keys.ts'
import { viewsQuery } from '../../../data/inbox/views.ts'
import { t } from '../../../i18n/t.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { toast } from '../../../parts/toast.ts'

type OnSearch = (change: (search: InboxSearch) => InboxSearch) => void

/** Keeping what is shown as a view. */
export function useSaveView(onSearch: OnSearch) {
  const client = useQueryClient()
  const show = (view: InboxView) => onSearch(({ c }) => ({ view: String(view.id), ...(c && { c }) }))

  return {
    /** Rejects when the server refuses it. */
    async create(
      { name, isShared }: { name: string; isShared: boolean },
      search: InboxSearch,
      shown: InboxView | undefined,
    ): Promise<void> {
      const of = listOf(search, shown ? [shown] : [])
      const made = await createView({ name, isShared, filters: of?.filters ?? {}, sort: of?.sort ?? 'newest' })
      client.setQueryData(viewsQuery.queryKey, (views) => [...(views ?? []).filter(({ id }) => id !== made.id), made])
      void client.invalidateQueries({ queryKey: viewKeys.counts })
      show(made)
      toast({ text: t('view.saved', { name }) })
    },

    /** What the view is narrowed by now becomes its own. */
    async update(view: InboxView, filters: InboxFilters, sort: InboxSort | undefined): Promise<void> {
      const change = { filters: { ...view.filters, ...filters }, ...(sort && { sort }) }
      await applyChange(client, view, change, () => show(view))
    },
  }
}

/** Changing a view that is there. */
export function useChangeView(onSearch: OnSearch) {
  const client = useQueryClient()
  return {
    change: (view: InboxView, change: ChangeViewRequest) => applyChange(client, view, change),
    /** Rejects when the server refuses it. */
    async rename(view: InboxView, name: string, isShared: boolean): Promise<void> {
      putView(client, await changeView(view.id, { name, isShared }))
    },
    async remove(view: InboxView): Promise<void> {
      try {
        await deleteView(view.id)
        client.setQueryData(viewsQuery.queryKey, (views) => views?.filter(({ id }) => id !== view.id))
        onSearch(({ c }) => (c ? { c } : {}))
        const { name, isShared, filters, sort } = view
        toast({
          text: t('view.deleted', { name }),
          undo: async () => {
            await createView({ name, isShared, filters, sort })
            await client.invalidateQueries({ queryKey: viewKeys.list })
          },
        })
      } catch (error) {
        tellFailed(error)
      }
    },
  }
}

type Client = ReturnType<typeof useQueryClient>

async function applyChange(
  client: Client,
  view: InboxView,
  change: ChangeViewRequest,
  onDone?: () => void,
): Promise<void> {
  try {
    putView(client, await changeView(view.id, change))
    onDone?.()
  } catch (error) {
    tellFailed(error)
  }
}

function putView(client: Client, view: InboxView): void {
  client.setQueryData(viewsQuery.queryKey, (views) =>
    views?.map((held) => (held.id === view.id ? view : held)).sort((a, b) => a.position - b.position || a.id - b.id),
  )
  void client.invalidateQueries({ queryKey: viewKeys.counts })
}

const tellFailed = (error: unknown) => toast({ tone: 'bad', text: t('view.failed', { reason: reasonOf(error) }) })
