import type { Pipeline } from '@parley/protocol/model'
import { type BoardSearch, FILTER_NAMES, idsOf } from '../../data/board/board-search.ts'
import { useTags } from '../../data/board/tags.ts'
import { useUsers } from '../../data/board/users.ts'
import { useConnections } from '../../data/connections.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import type { FilterChip } from '../../parts/FilterChips.tsx'
import { format, money } from '../../parts/format.ts'
import { useBoardSearch } from './use-board-search.ts'

/** What is chosen, in words, each to be taken away. What is searched for stands in its field already. */
export function useFilterChips({ stages }: Pipeline): FilterChip[] {
  const { search, change } = useBoardSearch()
  const { account } = useMe()
  const users = useUsers(search.responsible !== undefined)
  const tags = useTags(search.tag !== undefined)
  const connections = useConnections()
  const namesOf = (value: string | number | undefined, among: readonly { id: number; name: string }[]) =>
    (idsOf(value) ?? [])
      .map((id) => (id === null ? t('pipeline.nobody') : (among.find((one) => one.id === id)?.name ?? '…')))
      .join(', ')
  const day = (value: string | undefined) => format.date(new Date(`${value}T00:00`).getTime())
  const words: Record<(typeof FILTER_NAMES)[number], () => [name: string, value: string]> = {
    responsible: () => [t('lead.responsible'), namesOf(search.responsible, users)],
    tag: () => [t('pipeline.tags'), namesOf(search.tag, tags)],
    stage: () => [t('pipeline.stages'), namesOf(search.stage, stages)],
    channel: () => [
      t('pipeline.channel'),
      connections?.find(({ channelId }) => channelId === search.channel)?.title ?? '…',
    ],
    source: () => [t('lead.source'), `${search.source}`],
    from: () => [t('pipeline.from'), day(search.from)],
    to: () => [t('pipeline.to'), day(search.to)],
    min: () => [t('pipeline.min'), money(search.min ?? 0, account.currency)],
    max: () => [t('pipeline.max'), money(search.max ?? 0, account.currency)],
    noTask: () => [t('pipeline.task'), t('pipeline.noTask')],
    q: () => ['', ''],
  }
  return FILTER_NAMES.filter((name) => name !== 'q' && search[name] !== undefined).map((id) => {
    const [name, value] = words[id]()
    return {
      id,
      name,
      value,
      onRemove: () => change({ [id]: undefined } as { [Name in keyof BoardSearch]?: undefined }),
    }
  })
}
