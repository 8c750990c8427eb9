import type { ContactDetails, MergeId } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { mayChange } from '../../data/contacts/may-change.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { takeMergeBack } from '../../parts/contact/act-on-contact.ts'
import { format } from '../../parts/format.ts'
import { reasonOf } from '../../parts/Notice.tsx'
import { toast } from '../../parts/toast.ts'
import { Section } from './Section.tsx'

/** Who went into this contact, as long as it can be undone. */
export function Merges({ contact }: { contact: ContactDetails }) {
  const client = useQueryClient()
  const mayUndo = mayChange(useMe(), contact)
  const [busy, setBusy] = useState<MergeId>()
  if (contact.merges.length === 0) return null

  async function undo(id: MergeId) {
    setBusy(id)
    try {
      await takeMergeBack(client, contact.id, id)
    } catch (error) {
      toast({ tone: 'bad', text: t('parts.undoFailed', { reason: reasonOf(error) }) })
    } finally {
      setBusy(undefined)
    }
  }

  return (
    <Section title={t('merge.merged')}>
      <ul className="grid gap-1">
        {contact.merges.map(({ id, other, mergedBy, mergedAt }) => (
          <li key={id} className="flex min-h-9 items-center gap-2">
            <span className="min-w-0 flex-1">
              <bdi className="font-medium">{other.name}</bdi>{' '}
              <span className="text-xs text-ink-3">
                {[mergedBy?.name, format.fullTime(mergedAt)].filter(Boolean).join(', ')}
              </span>
            </span>
            {mayUndo && (
              <Button
                size="sm"
                disabled={busy !== undefined}
                aria-label={t('merge.undoOf', { name: other.name })}
                onClick={() => void undo(id)}
              >
                {t('parts.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
