import type { ContactRow, DuplicateGroup } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { GitMerge } from 'lucide-react'
import { useState } from 'react'
import { dismissDuplicates } from '../../data/contacts/endpoints.ts'
import { dropDuplicates, readDuplicatesAgain, useDuplicates } from '../../data/contacts/list.ts'
import { mayChange } from '../../data/contacts/may-change.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { ContactAvatar } from '../../parts/ContactAvatar.tsx'
import { MergeDialog } from '../../parts/contact/MergeDialog.tsx'
import { Notice, Problem, reasonOf } from '../../parts/Notice.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { toast } from '../../parts/toast.ts'
import { useTitle } from '../../shell/use-title.ts'

type Pair = readonly [ContactRow, ContactRow]

/** Contacts that may be the same person, with what they share. */
export function Duplicates() {
  const { query, groups } = useDuplicates()
  const [pair, setPair] = useState<Pair | null>(null)
  useTitle(t('contacts.duplicates'))
  return (
    <SceneFrame
      title={t('contacts.duplicates')}
      actions={
        <Link
          to="/contacts"
          className="flex h-8 items-center rounded-md px-3 font-medium text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:h-10"
        >
          {t('contacts.all')}
        </Link>
      }
    >
      {query.isPending ? (
        <SkeletonRows count={6} height={96} hasDisc />
      ) : query.isError && groups.length === 0 ? (
        <Problem title={t('contacts.listFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : groups.length === 0 && !query.hasNextPage ? (
        <Notice title={t('contacts.noDuplicates')} hint={t('contacts.noDuplicatesHint')} />
      ) : (
        <ul className="mx-auto grid w-full max-w-3xl gap-3 p-4">
          {groups.map((group) => (
            <Group key={`${group.kind} ${group.value}`} group={group} onMerge={setPair} />
          ))}
          {query.hasNextPage && (
            <li className="flex justify-center">
              <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t('contacts.showMore')}
              </Button>
            </li>
          )}
        </ul>
      )}
      <MergeDialog pair={pair} onClose={() => setPair(null)} />
    </SceneFrame>
  )
}

function Group({ group, onMerge }: { group: DuplicateGroup; onMerge: (pair: Pair) => void }) {
  const { kind, value, contacts, count } = group
  const client = useQueryClient()
  const me = useMe()
  const [first, ...others] = contacts
  const title = t(`contacts.same.${kind}`, { value: kind === 'phone' ? (first?.phone ?? value) : value })

  async function dismiss() {
    try {
      await dismissDuplicates({ kind, value })
      dropDuplicates(client, group)
      toast({
        text: t('contacts.keptApart'),
        undo: async () => {
          await dismissDuplicates({ kind, value, isUndone: true })
          await readDuplicatesAgain(client)
        },
      })
    } catch (error) {
      toast({ tone: 'bad', text: t('contacts.notDone', { reason: reasonOf(error) }) })
    }
  }

  if (!first) return null
  return (
    <li className="rounded-lg border border-line p-3">
      <div className="flex flex-wrap items-center gap-2 pb-1">
        <h2 className="min-w-0 flex-1 text-xs font-semibold text-ink-2">
          <bdi>{title}</bdi>
        </h2>
        {me.user.role === 'admin' && (
          <Button size="sm" look="ghost" onClick={() => void dismiss()}>
            {t('contacts.notSame')}
          </Button>
        )}
      </div>
      <ul>
        {[first, ...others].map((contact, index) => (
          <li key={contact.id} className="flex flex-wrap items-center gap-3 py-1.5">
            <Person contact={contact} />
            {index > 0 && mayChange(me, contact, 'delete') && mayChange(me, first) && (
              <Button size="sm" onClick={() => onMerge([first, contact])}>
                <GitMerge size={14} aria-hidden="true" />
                {t('contacts.compare')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {count > contacts.length && (
        <p className="text-xs text-ink-3">{t('contacts.andMore', { count: count - contacts.length })}</p>
      )}
    </li>
  )
}

function Person({ contact }: { contact: ContactRow }) {
  const known = [contact.company, ...contact.points.map(({ value }) => value)].filter((text) => text !== null)
  return (
    <Link
      to="/contacts/$contactId"
      params={{ contactId: String(contact.id) }}
      className="flex min-w-0 flex-1 items-center gap-3 rounded-md hover:bg-hover"
    >
      <ContactAvatar contact={contact} />
      <span className="min-w-0">
        <bdi className="block truncate font-medium">{contact.name}</bdi>
        <bdi className="block truncate text-xs text-ink-3">{known.join(' · ') || '—'}</bdi>
      </span>
    </Link>
  )
}
