import { clsx } from 'clsx'
import { Copy, Pencil, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { ConfirmDialog } from '../../ConfirmDialog.tsx'
import { copyText } from '../../copy-text.ts'
import { format } from '../../format.ts'
import { IconButton } from '../../IconButton.tsx'
import { toast } from '../../toast.ts'
import { useThreadTools } from '../message/thread-tools.ts'
import type { ShownNote } from '../shown-messages.ts'
import type { NoteActs } from './use-note-acts.ts'

interface Props {
  note: ShownNote
  acts: NoteActs
  isChangeable: boolean
  isTabStop: boolean
  isHeld: boolean
  onEdit: () => void
  onDone: () => void
}

/** What can be done with a note, beside it: on hover, with the keyboard, or after a long press. */
export function NoteActions({ note, acts, isChangeable, isTabStop, isHeld, onEdit, onDone }: Props) {
  const { focusRequest, moveFocus } = useThreadTools()
  const [isAsking, setAsking] = useState(false)
  const bar = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (focusRequest.current !== note.id || !bar.current) return
    focusRequest.current = null
    bar.current.querySelector('button')?.focus()
  })

  function handleKeyDown(event: KeyboardEvent) {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    moveFocus(note.id, event.key === 'ArrowUp' ? -1 : 1)
  }

  async function copy() {
    const isCopied = await copyText(note.text)
    toast(isCopied ? { text: t('actions.copied'), durationMs: 2_000 } : { text: t('actions.copyFailed'), tone: 'bad' })
    onDone()
  }

  const button = { side: 'top', tabIndex: isTabStop ? 0 : -1, className: SMALL } as const
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t('note.actions', { name: note.author.name, time: format.time(note.createdAt) })}
      onKeyDown={handleKeyDown}
      className={clsx(
        'absolute z-[2] flex items-center rounded-lg bg-raised p-0.5 shadow-card transition-opacity max-md:end-0 max-md:bottom-full max-md:mb-1 md:end-full md:top-0 md:me-1.5',
        !isHeld && 'opacity-0 group-hover:opacity-100 focus-within:opacity-100',
      )}
    >
      {isChangeable && (
        <>
          <IconButton {...button} label={t('note.edit')} onClick={onEdit}>
            <Pencil />
          </IconButton>
          <IconButton {...button} label={t('note.delete')} onClick={() => setAsking(true)}>
            <Trash2 />
          </IconButton>
        </>
      )}
      <IconButton {...button} label={t('actions.copy')} onClick={() => void copy()}>
        <Copy />
      </IconButton>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('note.deleteTitle')}
        description={t('note.deleteHint')}
        confirmLabel={t('note.delete')}
        onConfirm={() => acts.remove.mutateAsync()}
      />
    </div>
  )
}

const SMALL = 'size-7! [&>svg]:size-4! pointer-coarse:size-10!'
