import type { SearchAnswer, SearchGroup } from '@parley/protocol/model'
import type { ReactNode } from 'react'
import { useSearch } from '../../data/search/queries.ts'
import { t } from '../../i18n/t.ts'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { LeadRow, MessageRow, PersonRow } from '../../parts/search/HitRows.tsx'
import { Problems } from './Problems.tsx'
import { SearchedTo } from './SearchedTo.tsx'

interface Props {
  q: string
  /** How many of each kind are asked for, and how many of these are shown. */
  first: number
  few: number
  onShow: (group: SearchGroup) => void
}

/** The first few of each kind. */
export function Everything({ q, first, few, onShow }: Props) {
  const { data, error, refetch, isPlaceholderData } = useSearch(q, first)
  if (error) return <Problem title={t('search.failed')} error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows count={6} height={56} hasDisc />
  const sections = sectionsOf(data, few)
  return (
    <div aria-busy={isPlaceholderData}>
      <Problems problems={data.problems} />
      {sections.length === 0 ? (
        <Notice title={t('search.nothing')} hint={t('search.nothingHint')} />
      ) : (
        sections.map(({ group, rows, isMore, searchedTo }) => (
          <section key={group} aria-labelledby={`found-${group}`} className="not-first:mt-3">
            <header className="flex items-center gap-2 px-3 pt-2 pb-1">
              <h2 id={`found-${group}`} className="text-2xs font-semibold text-ink-3">
                {t(`search.group.${group}`)}
              </h2>
              {isMore && (
                <button
                  type="button"
                  onClick={() => onShow(group)}
                  className="ms-auto rounded-md px-2 py-1 text-xs font-medium text-accent-ink hover:bg-hover"
                >
                  {t(`search.allOf.${group}`)}
                </button>
              )}
            </header>
            {rows}
            {searchedTo !== null && <SearchedTo at={searchedTo} onGoOn={() => onShow(group)} />}
          </section>
        ))
      )}
    </div>
  )
}

interface Section {
  group: SearchGroup
  rows: ReactNode[]
  isMore: boolean
  /** Time was up there: what is older was not looked at, and "nothing was found" would be wrong. */
  searchedTo: number | null
}

function sectionsOf({ people, leads, messages }: SearchAnswer, few: number): Section[] {
  const isMore = (hits: { items: unknown[]; total: { isMore: boolean } } | undefined) =>
    hits !== undefined && (hits.total.isMore || hits.items.length > few)
  const sections: Section[] = [
    {
      group: 'people',
      rows: (people?.items ?? []).slice(0, few).map((hit) => <PersonRow key={hit.contactId ?? hit.chatId} hit={hit} />),
      isMore: isMore(people),
      searchedTo: null,
    },
    {
      group: 'leads',
      rows: (leads?.items ?? []).slice(0, few).map((hit) => <LeadRow key={hit.lead.id} hit={hit} />),
      isMore: isMore(leads),
      searchedTo: null,
    },
    {
      group: 'messages',
      rows: (messages?.items ?? []).slice(0, few).map((hit) => <MessageRow key={hit.id} hit={hit} />),
      isMore: isMore(messages),
      searchedTo: messages?.searchedTo ?? null,
    },
  ]
  return sections.filter(({ rows, searchedTo }) => rows.length > 0 || searchedTo !== null)
}
