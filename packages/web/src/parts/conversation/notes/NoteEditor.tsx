import { useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../Button.tsx'
import { isComposing } from '../../is-composing.ts'
import { reasonOf } from '../../Notice.tsx'
import type { ShownNote } from '../shown-messages.ts'
import type { NoteActs } from './use-note-acts.ts'

interface Props {
  note: ShownNote
  acts: NoteActs
  onCancel: () => void
}

/** A note being rewritten, where it stands. */
export function NoteEditor({ note, acts: { change }, onCancel }: Props) {
  const [text, setText] = useState(note.text)
  const isBlocked = text.trim() === '' || change.isPending
  const save = () => (text === note.text ? onCancel() : change.mutate(text))
  return (
    <form
      aria-label={t('note.editLabel')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBlocked) save()
      }}
      className="w-[min(78vw,480px)] rounded-xl bg-note p-2 shadow-[inset_0_0_0_1px_var(--note-line)]"
    >
      <textarea
        // biome-ignore lint/a11y/noAutofocus: it has taken the place of what was pressed
        autoFocus
        dir="auto"
        rows={2}
        aria-label={t('note.text')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event)) return
          if (event.key === 'Escape') {
            event.stopPropagation()
            onCancel()
          }
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          if (!isBlocked) save()
        }}
        className="block max-h-60 w-full resize-none bg-transparent px-1 py-0.5 text-md outline-none [field-sizing:content]"
      />
      {change.error && (
        <p role="alert" className="px-1 text-xs text-bad">
          {t('note.notSaved', { reason: reasonOf(change.error) })}
        </p>
      )}
      <div className="mt-1 flex justify-end gap-2">
        <Button size="sm" onClick={onCancel}>
          {t('parts.cancel')}
        </Button>
        <Button size="sm" type="submit" look="primary" disabled={isBlocked}>
          {t('note.save')}
        </Button>
      </div>
    </form>
  )
}
