import type { DraftKind } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { CornerUpLeft, StickyNote } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { t } from '../../../i18n/t.ts'

interface Props {
  /** Of the panel they switch. */
  panelId: string
  kind: DraftKind
  onChange: (kind: DraftKind) => void
}

const KINDS = [
  { kind: 'reply', Icon: CornerUpLeft, label: 'composer.tabReply' },
  { kind: 'note', Icon: StickyNote, label: 'composer.tabNote' },
] as const

/** Reply or note: who will read it. */
export function KindTabs({ panelId, kind, onChange }: Props) {
  function handleKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    const other = kind === 'reply' ? 'note' : 'reply'
    onChange(other)
    event.currentTarget.querySelector<HTMLElement>(`[data-kind=${other}]`)?.focus()
  }

  return (
    <div role="tablist" aria-label={t('composer.kinds')} onKeyDown={handleKeyDown} className="flex gap-1 px-1.5 pt-1.5">
      {KINDS.map(({ kind: one, Icon, label }) => (
        <button
          key={one}
          type="button"
          role="tab"
          data-kind={one}
          aria-selected={one === kind}
          aria-controls={panelId}
          tabIndex={one === kind ? 0 : -1}
          onClick={() => onChange(one)}
          className={clsx(
            'flex h-7 items-center gap-1.5 rounded-md px-2.5 text-xs font-medium pointer-coarse:h-10',
            one === kind ? SELECTED[one] : 'text-ink-3 hover:bg-hover hover:text-ink',
          )}
        >
          <Icon size={13} aria-hidden="true" />
          {t(label)}
        </button>
      ))}
    </div>
  )
}

const SELECTED: Record<DraftKind, string> = {
  reply: 'bg-hover text-ink dark:bg-press',
  note: 'bg-note-line text-note-ink',
}
