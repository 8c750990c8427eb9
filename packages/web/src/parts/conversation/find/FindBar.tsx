import type { ChatId, MessageHit } from '@parley/protocol/model'
import { ChevronDown, ChevronUp, Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useChatSearch } from '../../../data/search/queries.ts'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../IconButton.tsx'
import { isComposing } from '../../is-composing.ts'
import { useSettled } from '../../use-settled.ts'

interface Props {
  chatId: ChatId
  /** The hit somebody is at; null: at none any more. */
  onHit: (hit: MessageHit | null) => void
  /** Leaves what was found where it is. */
  onClose: () => void
  /** Goes back to where one was. */
  onLeave: () => void
  /** Rises when somebody who is here already asks for it again. */
  asked: number
}

const TYPING_MS = 200

/** Looks for words in one conversation and goes from hit to hit, the newest first. */
export function FindBar({ chatId, onHit, onClose, onLeave, asked }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const q = useSettled(text.trim(), TYPING_MS)
  const { count, isMore, isBusy, isFailed, index, step } = useHits(chatId, q, onHit)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [asked])

  function handleKeyDown(event: KeyboardEvent) {
    if (isComposing(event)) return
    if (event.key === 'Enter') {
      event.preventDefault()
      step(event.shiftKey ? -1 : 1)
    }
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      onLeave()
    }
  }

  return (
    <search
      aria-label={t('find.label')}
      className="flex min-h-12 shrink-0 items-center gap-1 border-b border-line bg-surface py-1.5 ps-4 pe-3 max-md:ps-3"
    >
      <Search size={16} aria-hidden="true" className="shrink-0 text-ink-3" />
      <input
        ref={input}
        type="search"
        aria-label={t('find.label')}
        placeholder={t('find.label')}
        dir="auto"
        maxLength={300}
        enterKeyHint="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={handleKeyDown}
        className="h-8 min-w-0 flex-1 bg-transparent px-1.5 text-md outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden pointer-coarse:h-10"
      />
      <span role="status" className="shrink-0 px-1 text-xs text-ink-3 tabular-nums">
        {q === '' ? '' : isFailed ? t('find.failed') : isBusy ? t('find.looking') : sayPlace(index, count, isMore)}
      </span>
      <IconButton
        label={t('find.older')}
        keys="Enter"
        // Stays what has the keyboard at the last hit.
        aria-disabled={(index + 1 >= count && !isMore) || undefined}
        className="aria-disabled:opacity-45"
        onClick={() => step(1)}
      >
        <ChevronUp />
      </IconButton>
      <IconButton
        label={t('find.newer')}
        keys="Shift Enter"
        aria-disabled={index <= 0 || undefined}
        className="aria-disabled:opacity-45"
        onClick={() => step(-1)}
      >
        <ChevronDown />
      </IconButton>
      <IconButton label={t('find.close')} onClick={onClose}>
        <X />
      </IconButton>
    </search>
  )
}

function sayPlace(index: number, count: number, isMore: boolean): string {
  if (count === 0) return t('find.none')
  return t('find.place', { place: index + 1, total: isMore ? `${count}+` : String(count) })
}

/** The hits, and which of them somebody is at. What comes in meanwhile leaves him where he is. */
function useHits(chatId: ChatId, q: string, onHit: Props['onHit']) {
  const { query, hits } = useChatSearch(chatId, q)
  const [at, setAt] = useState<{ q: string; id: string | null }>({ q: '', id: null })
  const isFound = !query.isPlaceholderData && q !== ''
  const here = at.q === q ? hits.findIndex(({ id }) => id === at.id) : -1
  const tell = useRef(onHit)
  useEffect(() => {
    tell.current = onHit
  })

  // Other words, or what one was at says something else by now: the newest.
  useEffect(() => {
    if (q === '') tell.current(null)
    if (!isFound || query.isPending || here !== -1) return
    const hit = hits[0]
    setAt({ q, id: hit?.id ?? null })
    tell.current(hit ?? null)
  }, [q, isFound, query.isPending, here, hits])

  const { hasNextPage, fetchNextPage } = query
  async function step(by: 1 | -1) {
    const next = here + by
    if (next < 0) return
    let hit = hits[next]
    if (!hit && hasNextPage && here !== -1) {
      const more = await fetchNextPage()
      hit = more.data?.pages.flatMap((page) => page.items)[next]
    }
    if (!hit) return
    setAt({ q, id: hit.id })
    tell.current(hit)
  }
  return {
    ...{ count: isFound ? hits.length : 0, isMore: isFound && hasNextPage, index: here },
    isBusy: query.isPending || query.isPlaceholderData,
    isFailed: query.isError && hits.length === 0,
    step: (by: 1 | -1) => void step(by),
  }
}
