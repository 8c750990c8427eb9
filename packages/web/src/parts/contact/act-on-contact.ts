import type { ContactId, ContactRow, MergeId, MergeInput, UserId } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { ApiRefusal } from '../../data/api.ts'
import { applyEvents } from '../../data/apply-events.ts'
import * as endpoints from '../../data/contacts/endpoints.ts'
import { readDuplicatesAgain } from '../../data/contacts/list.ts'
import { t } from '../../i18n/t.ts'
import { reasonOf } from '../Notice.tsx'
import { SaidError } from '../said-error.ts'
import { toast } from '../toast.ts'

const show = (client: QueryClient, ...contacts: readonly ContactRow[]) =>
  applyEvents(
    client,
    contacts.map((contact) => ({ seq: 0, type: 'contact.updated' as const, contact })),
  )
const drop = (client: QueryClient, ids: readonly ContactId[]) =>
  applyEvents(
    client,
    ids.map((id) => ({ seq: 0, type: 'contact.deleted' as const, removedContactId: id })),
  )

/** Makes one of two, says so, and offers to make two of it again. */
export async function mergeWithUndo(
  client: QueryClient,
  contact: ContactRow,
  { choose, ...other }: MergeInput & { name: string },
): Promise<ContactRow> {
  const merged = await endpoints.mergeContacts(contact.id, { otherId: other.otherId, ...(choose && { choose }) })
  drop(client, [other.otherId as ContactId])
  show(client, merged.contact)
  void readDuplicatesAgain(client)
  toast({
    tone: 'ok',
    text: t('merge.done', { name: merged.contact.name, other: other.name }),
    undo: () => takeMergeBack(client, contact.id, merged.mergeId),
  })
  return merged.contact
}

/** Rejects with what prevents it, in words. */
export async function takeMergeBack(client: QueryClient, id: ContactId, mergeId: MergeId): Promise<void> {
  try {
    const { contact, other } = await endpoints.undoMerge(id, mergeId)
    show(client, contact, other)
    void readDuplicatesAgain(client)
  } catch (error) {
    throw inWords(error)
  }
}

const REASONS = ['late', 'gone', 'newer', 'changed', 'moved'] as const

function inWords(error: unknown): unknown {
  const given = error instanceof ApiRefusal ? error.details.reason : undefined
  const reason = REASONS.find((one) => one === given)
  return reason ? new SaidError(t(`merge.cannot.${reason}`)) : error
}

/** Answers those that went. */
export async function deleteWithUndo(client: QueryClient, contacts: readonly ContactRow[]): Promise<ContactId[]> {
  return saying(async () => {
    const { ids } = await endpoints.deleteContacts(contacts.map(({ id }) => id))
    drop(client, ids)
    const [only] = contacts
    const count = ids.length
    const text =
      count === 1 && contacts.length === 1 && only
        ? t('contacts.deletedOne', { name: only.name })
        : t('contacts.deleted', { count })
    toast({ text, ...(count > 0 && { undo: () => restore(client, ids) }) })
    return ids
  })
}

async function restore(client: QueryClient, ids: readonly ContactId[]): Promise<void> {
  await endpoints.restoreContacts(ids)
  for (const id of ids) void client.invalidateQueries({ queryKey: ['contact', id] })
  void client.invalidateQueries({ queryKey: ['contacts'] })
}

/** Gives several contacts to somebody; undone, each is whose it was. */
export async function assignWithUndo(
  client: QueryClient,
  contacts: readonly ContactRow[],
  to: { id: UserId; name: string } | null,
): Promise<void> {
  await saying(async () => {
    const { ids } = await endpoints.changeContacts(
      contacts.map(({ id }) => id),
      { responsibleUserId: to?.id ?? null },
    )
    const changed = contacts.filter(({ id }) => ids.includes(id))
    show(client, ...changed.map((contact) => ({ ...contact, responsible: to })))
    toast({
      text: t('contacts.assigned', { count: changed.length, name: to?.name ?? t('contacts.nobody') }),
      undo: async () => {
        const owners = new Set(changed.map(({ responsible }) => responsible?.id ?? null))
        for (const owner of owners) {
          const his = changed.filter(({ responsible }) => (responsible?.id ?? null) === owner)
          await endpoints.changeContacts(
            his.map(({ id }) => id),
            { responsibleUserId: owner },
          )
        }
        show(client, ...changed)
      },
    })
    return ids
  })
}

/** Puts a tag on several contacts; undone, it is off those that had it not. */
export async function tagWithUndo(
  client: QueryClient,
  contacts: readonly ContactRow[],
  tag: ContactRow['tags'][number],
): Promise<void> {
  await saying(async () => {
    const without = contacts.filter(({ tags }) => !tags.some(({ id }) => id === tag.id))
    const { ids } = await endpoints.changeContacts(
      contacts.map(({ id }) => id),
      { addTagIds: [tag.id] },
    )
    const changed = without.filter(({ id }) => ids.includes(id))
    show(client, ...changed.map((contact) => ({ ...contact, tags: [...contact.tags, tag] })))
    toast({
      text: t('contacts.tagged', { count: changed.length, name: tag.name }),
      ...(changed.length > 0 && {
        undo: async () => {
          await endpoints.changeContacts(
            changed.map(({ id }) => id),
            { removeTagIds: [tag.id] },
          )
          show(client, ...changed)
        },
      }),
    })
    return ids
  })
}

async function saying(act: () => Promise<ContactId[]>): Promise<ContactId[]> {
  try {
    return await act()
  } catch (error) {
    toast({ tone: 'bad', text: t('contacts.notDone', { reason: reasonOf(error) }) })
    return []
  }
}
