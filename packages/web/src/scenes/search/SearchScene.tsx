import type { SearchGroup } from '@parley/protocol/model'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useSearch as useFound } from '../../data/search/queries.ts'
import { t } from '../../i18n/t.ts'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { useShortcuts } from '../../parts/shortcuts/use-shortcuts.ts'
import { Tabs } from '../../parts/Tabs.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { useSettled } from '../../parts/use-settled.ts'
import { useTitle } from '../../shell/use-title.ts'
import { Everything } from './Everything.tsx'
import { Filters } from './Filters.tsx'
import { GroupList } from './GroupList.tsx'
import { Help } from './Help.tsx'
import { moveAmongHits } from './move-among-hits.ts'

const SETTLE_MS = 250
/** Of each kind; a few are shown at first, and all are counted. */
const FIRST = 20
const FEW = 5

export type Shown = SearchGroup | 'all'
const TABS: readonly Shown[] = ['all', 'people', 'leads', 'messages']

/** Everything that can be found, with room to look at it. */
export function SearchScene() {
  const { q = '', in: shown = 'all' } = useSearch({ from: '/app/search' })
  const navigate = useNavigate({ from: '/search' })
  useTitle(t('search.title'))
  const [typed, setTyped] = useTyped(q)
  const field = useRef<HTMLInputElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const show = (group: Shown) => void navigate({ search: { q, ...(group !== 'all' && { in: group }) }, replace: true })

  useShortcuts([
    { keys: '/', label: 'search.focus', group: 'search', run: () => field.current?.select() },
    { keys: ['j', 'ArrowDown'], label: 'search.next', group: 'search', run: () => moveAmongHits(body.current, 1) },
    {
      keys: ['k', 'ArrowUp'],
      label: 'search.previous',
      group: 'search',
      run: () => moveAmongHits(body.current, -1, field.current),
    },
  ])
  function handleKey(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    moveAmongHits(body.current, 1)
  }
  return (
    <SceneFrame
      title={t('search.title')}
      toolbar={
        <div className="mx-auto w-full max-w-3xl">
          <TextField
            label={t('search.field')}
            isLabelHidden
            type="search"
            ref={field}
            value={typed}
            onChange={setTyped}
            onKeyDown={handleKey}
            autoFocus={q === ''}
            placeholder={t('search.placeholder')}
            icon={<Search size={15} aria-hidden="true" />}
          />
          <Filters q={typed} onChange={setTyped} />
          {q.trim() !== '' && <GroupTabs q={q} shown={shown} onShow={show} />}
        </div>
      }
    >
      <div ref={body} className="mx-auto max-w-3xl px-1 py-2 md:px-0">
        {q.trim() === '' ? (
          <Help
            onInsert={(operator) => {
              setTyped(`${typed}${typed === '' || typed.endsWith(' ') ? '' : ' '}${operator}`)
              field.current?.focus()
            }}
          />
        ) : shown === 'all' ? (
          <Everything q={q} first={FIRST} few={FEW} onShow={show} />
        ) : (
          <GroupList key={shown} q={q} group={shown} />
        )}
      </div>
    </SceneFrame>
  )
}

/** What stands in the field, and, once typing pauses, in the address. */
function useTyped(q: string): [typed: string, setTyped: (text: string) => void] {
  const navigate = useNavigate({ from: '/search' })
  const [typed, setTyped] = useState(q)
  const [known, setKnown] = useState(q)
  // The address was changed from elsewhere: by going back, by the palette.
  if (known !== q) {
    setKnown(q)
    if (typed.trim() !== q) setTyped(q)
  }
  const settled = useSettled(typed.trim(), SETTLE_MS)
  useEffect(() => {
    if (settled === q || settled !== typed.trim()) return
    void navigate({
      search: ({ in: shown }) => ({ ...(settled !== '' && { q: settled }), ...(shown && { in: shown }) }),
      replace: true,
    })
  }, [settled, typed, q, navigate])
  return [typed, setTyped]
}

function GroupTabs({ q, shown, onShow }: { q: string; shown: Shown; onShow: (group: Shown) => void }) {
  const found = useFound(q, FIRST).data
  const countOf = (group: Shown) => {
    const total = group === 'all' ? undefined : found?.[group]?.total
    return total && (total.isMore ? `${total.count}+` : String(total.count))
  }
  return (
    <Tabs
      label={t('search.groups')}
      value={shown}
      onChange={onShow}
      className="-mx-4 mt-1 -mb-2 md:-mx-2"
      tabs={TABS.map((group) => ({
        value: group,
        label: (
          <>
            {t(`search.group.${group}`)}
            {countOf(group) && <span className="text-2xs text-ink-3 tabular-nums">{countOf(group)}</span>}
          </>
        ),
      }))}
    />
  )
}
