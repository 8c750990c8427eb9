import { clsx } from 'clsx'
import { StickyNote } from 'lucide-react'
import { lazy, memo, Suspense, useRef, useState } from 'react'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { format } from '../../format.ts'
import { HIT_ROW } from '../MessageRow.tsx'
import { useLongPress } from '../message/use-long-press.ts'
import type { ShownNote } from '../shown-messages.ts'
import { NoteText } from './NoteText.tsx'
import { useNoteActs } from './use-note-acts.ts'
import { WaitingNote } from './WaitingNote.tsx'

const NoteActions = lazy(() => import('./NoteActions.tsx').then((module) => ({ default: module.NoteActions })))
const NoteEditor = lazy(() => import('./NoteEditor.tsx').then((module) => ({ default: module.NoteEditor })))

interface Props {
  note: ShownNote
  isFlashed: boolean
  /** It was looked for. */
  isHit: boolean
  /** Its actions are reached by Tab. */
  isTabStop: boolean
}

/** What a colleague wrote for the others: amber, so that nobody takes it for something the client has read. */
export const NoteRow = memo(function NoteRow({ note, isFlashed, isHit, isTabStop }: Props) {
  return (
    <div
      aria-current={isHit || undefined}
      className={clsx('flex justify-end px-6 pt-2 pb-1 max-md:px-3', isHit && HIT_ROW)}
    >
      <div className="flex max-w-[min(78%,560px)] min-w-0 flex-col items-end max-md:max-w-[86%]">
        {note.isDeleted ? <Stone note={note} /> : <Written note={note} isFlashed={isFlashed} isTabStop={isTabStop} />}
        {note.waiting && <WaitingNote entry={note.waiting} />}
      </div>
    </div>
  )
})

const BUBBLE = 'max-w-full rounded-xl px-3 py-[7px] text-md [overflow-wrap:anywhere] [unicode-bidi:plaintext]'

function Stone({ note }: { note: ShownNote }) {
  return (
    <p className={clsx(BUBBLE, 'bg-transparent text-ink-3 italic shadow-[inset_0_0_0_1px_var(--line)]')}>
      {t('note.deleted', { name: note.author.name })}
    </p>
  )
}

function Written({ note, isFlashed, isTabStop }: Omit<Props, 'isHit'>) {
  const me = useMe()
  const root = useRef<HTMLDivElement>(null)
  const [isNear, setNear] = useState(false)
  const [isEditing, setEditing] = useState(false)
  const { isHeld, handlers, release } = useLongPress(root)
  const acts = useNoteActs(note, () => setEditing(false))
  const isOwn = note.author.id === me.user.id
  const isChangeable = isOwn && note.waiting === undefined

  if (isEditing) {
    return (
      <Suspense fallback={<div className={clsx(BUBBLE, 'h-20 w-80 bg-note')} />}>
        <NoteEditor note={note} acts={acts} onCancel={() => setEditing(false)} />
      </Suspense>
    )
  }
  return (
    <div
      ref={root}
      {...handlers}
      onPointerEnter={({ pointerType }) => pointerType !== 'touch' && setNear(true)}
      className="group relative max-w-full min-w-0 pointer-coarse:select-none"
    >
      <div
        data-flashed={isFlashed || undefined}
        className={clsx(
          BUBBLE,
          'relative flow-root bg-note text-ink shadow-[inset_0_0_0_1px_var(--note-line)] data-flashed:flash',
        )}
      >
        <p className="mb-0.5 flex items-center gap-1.5 text-2xs font-semibold text-note-ink">
          <StickyNote size={12} aria-hidden="true" />
          <span>{isOwn ? t('note.own') : t('note.by', { name: note.author.name })}</span>
        </p>
        <NoteText note={note} />
        <NoteTime note={note} />
      </div>
      {(isTabStop || isNear || isHeld) && (
        <Suspense>
          <NoteActions
            note={note}
            acts={acts}
            isChangeable={isChangeable}
            isTabStop={isTabStop}
            isHeld={isHeld}
            onEdit={() => setEditing(true)}
            onDone={release}
          />
        </Suspense>
      )}
    </div>
  )
}

function NoteTime({ note }: { note: ShownNote }) {
  return (
    <span className="tnum relative top-[4px] float-end ms-3 mb-px inline-flex h-[18px] items-center gap-1 text-2xs text-note-ink select-none">
      {note.editedAt !== null && <span title={format.fullTime(note.editedAt)}>{t('note.edited')}</span>}
      <time dateTime={new Date(note.createdAt).toISOString()} title={format.fullTime(note.createdAt)}>
        {format.time(note.createdAt)}
      </time>
    </span>
  )
}
