import type { ContactDetails, ContactRow } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { mayChange } from '../../data/contacts/may-change.ts'
import { duplicatesOfQuery } from '../../data/contacts/queries.ts'
import { useMe } from '../../data/queries.ts'
import { t, tNodes } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'

interface Props {
  contact: ContactDetails
  onMerge: (pair: readonly [ContactRow, ContactRow]) => void
}

/** One line for who is most likely the same person, with what speaks for it. */
export function DuplicateHints({ contact, onMerge }: Props) {
  const me = useMe()
  const query = useQuery(duplicatesOfQuery(contact.id))
  const [first] = query.data ?? []
  if (!first) return null
  const { contact: other, evidence } = first
  const kinds = [...new Set(evidence.map(({ kind }) => kind))].map((kind) => t(`contacts.sameShort.${kind}`))
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-4 py-2 text-accent-ink"
    >
      <p className="min-w-0 flex-1 text-pretty">
        {tNodes('contacts.maybeSame', {
          name: (
            <Link
              key="name"
              to="/contacts/$contactId"
              params={{ contactId: String(other.id) }}
              className="font-semibold underline underline-offset-2"
            >
              <bdi>{other.name}</bdi>
            </Link>
          ),
          evidence: <span key="evidence">{kinds.join(', ')}</span>,
        })}
      </p>
      {mayChange(me, contact) && mayChange(me, other, 'delete') && (
        <Button size="sm" onClick={() => onMerge([contact, other])}>
          {t('contacts.compare')}
        </Button>
      )}
    </div>
  )
}
