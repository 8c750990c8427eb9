import type { ContactRow } from '@parley/protocol/model'
import { Link, useNavigate } from '@tanstack/react-router'
import { Download, Plus, Users } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import { toContactWish } from '../../data/contacts/contact-search.ts'
import { contactsFile } from '../../data/contacts/endpoints.ts'
import { useContacts } from '../../data/contacts/list.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { MergeDialog } from '../../parts/contact/MergeDialog.tsx'
import { Notice, Problem, ProblemLine } from '../../parts/Notice.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { useShortcuts } from '../../parts/shortcuts/use-shortcuts.ts'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { PHONE, useMedia } from '../../parts/use-media.ts'
import { useTitle } from '../../shell/use-title.ts'
import { BulkBar } from './BulkBar.tsx'
import { FilterBar } from './FilterBar.tsx'
import { NewContact } from './NewContact.tsx'
import { useColumns } from './use-columns.tsx'
import { useContactSearch } from './use-contact-search.ts'

const NONE: ReadonlySet<string> = new Set()

/** Everybody the company deals with, as a table. What narrows and sorts it is in the address. */
export function Contacts() {
  const { search } = useContactSearch()
  const { rights } = useMe()
  const [isMaking, setMaking] = useState(false)
  const mayMake = rights.contacts.edit !== 'none'
  useTitle(t('nav.contacts'))
  useShortcuts(mayMake ? [{ keys: 'c', label: 'contacts.new', group: 'contacts', run: () => setMaking(true) }] : [])
  return (
    <SceneFrame
      title={t('nav.contacts')}
      isFixed
      actions={
        <>
          <Link
            to="/contacts/duplicates"
            className="flex h-8 items-center gap-1.5 rounded-md px-3 font-medium text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:h-10"
          >
            <Users size={16} aria-hidden="true" />
            {t('contacts.duplicates')}
          </Link>
          {rights.contacts.export !== 'none' && (
            <a
              href={contactsFile(toContactWish(search))}
              download
              className="flex h-8 items-center gap-1.5 rounded-md px-3 font-medium text-ink-2 hover:bg-hover hover:text-ink max-md:hidden pointer-coarse:h-10"
            >
              <Download size={16} aria-hidden="true" />
              {t('contacts.csv')}
            </a>
          )}
          {mayMake && (
            <Button look="primary" onClick={() => setMaking(true)}>
              <Plus size={16} aria-hidden="true" />
              {t('contacts.new')}
            </Button>
          )}
        </>
      }
      toolbar={<FilterBar />}
    >
      <List />
      <NewContact isOpen={isMaking} onClose={() => setMaking(false)} />
    </SceneFrame>
  )
}

function List() {
  const { search, change } = useContactSearch()
  const { query, contacts } = useContacts(toContactWish(search))
  const [keys, setKeys] = useState(NONE)
  const [pair, setPair] = useState<readonly [ContactRow, ContactRow] | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  const columns = useColumns()
  const isPhone = useMedia(PHONE)
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  const toTable = () => place.current?.querySelector<HTMLElement>('[role=grid]')?.focus()
  useShortcuts([
    { keys: ['j', 'k'], label: 'contacts.keys.walk', group: 'contacts', run: toTable },
    { keys: 'x', label: 'contacts.keys.select', group: 'contacts', run: toTable },
    { keys: 'Escape', label: 'contacts.keys.unselect', group: 'contacts', run: () => keys.size > 0 && setKeys(NONE) },
  ])

  if (query.isPending) return <SkeletonRows count={12} hasDisc />
  if (query.isError && contacts.length === 0)
    return <Problem title={t('contacts.listFailed')} error={query.error} onRetry={() => void query.refetch()} />
  if (contacts.length === 0) return <Nothing />
  const selected = contacts.filter(({ id }) => keys.has(String(id)))
  const sort = search.sort ?? 'activity'
  return (
    <div ref={place} className="relative flex min-h-0 flex-1 flex-col">
      <DataTable
        label={t('nav.contacts')}
        columns={columns}
        rows={contacts}
        keyOf={({ id }) => String(id)}
        nameOf={({ name }) => name}
        {...(isPhone && { rowHeight: 56 })}
        onOpen={({ id }) => void navigate({ to: '/contacts/$contactId', params: { contactId: String(id) } })}
        sort={{ column: sort, direction: sort === 'name' ? 'asc' : 'desc' }}
        onSort={({ column }) => change({ sort: column === 'name' || column === 'created' ? column : undefined })}
        selection={{ keys, onChange: setKeys }}
        total={hasNextPage ? -1 : contacts.length}
        onNearEnd={more}
        foot={
          isFetchNextPageError ? (
            <ProblemLine title={t('contacts.moreFailed')} onRetry={() => void fetchNextPage()} />
          ) : isFetchingNextPage ? (
            <SkeletonRows count={3} hasDisc />
          ) : undefined
        }
      />
      {selected.length > 0 && <BulkBar contacts={selected} onMerge={setPair} onDone={() => setKeys(NONE)} />}
      <MergeDialog pair={pair} onClose={() => setPair(null)} onMerged={() => setKeys(NONE)} />
    </div>
  )
}

function Nothing() {
  const { search } = useContactSearch()
  const isNarrowed = Object.keys(search).some((name) => name !== 'sort')
  return isNarrowed ? (
    <Notice title={t('contacts.nothing')} hint={t('contacts.nothingHint')} />
  ) : (
    <Notice title={t('contacts.empty')} hint={t('contacts.emptyHint')} />
  )
}
