import { RotateCw, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { OutboxEntry } from '../../../data/outbox/outbox-store.ts'
import { useNoteOutbox } from '../../../data/outbox/use-outbox.ts'
import { sayAgain } from '../../../i18n/said.ts'
import { t } from '../../../i18n/t.ts'

/** Below a note that the server does not have: why, and what can be done. */
export function WaitingNote({ entry }: { entry: OutboxEntry }) {
  const outbox = useNoteOutbox((state) => state.outbox)
  if (!entry.refusal)
    return entry.attempts > 0 ? <p className="mt-1 text-xs text-ink-3">{t('message.waiting')}</p> : null
  return (
    <div className="mt-1 flex flex-wrap items-center justify-end gap-x-2.5 text-xs text-bad">
      <span>{t('note.notAdded', { reason: sayAgain(entry.refusal.message) })}</span>
      <Act onClick={() => void outbox?.retry(entry.id)}>
        <RotateCw size={12} aria-hidden="true" />
        {t('message.tryAgain')}
      </Act>
      <Act onClick={() => void outbox?.remove(entry.id)}>
        <Trash2 size={12} aria-hidden="true" />
        {t('message.delete')}
      </Act>
    </div>
  )
}

function Act(props: { children: ReactNode; onClick: () => void }) {
  return (
    <button
      type="button"
      {...props}
      className="inline-flex min-h-6 items-center gap-1 font-semibold underline-offset-2 hover:underline pointer-coarse:min-h-10"
    />
  )
}
