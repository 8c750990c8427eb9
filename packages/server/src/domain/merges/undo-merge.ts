import type {
  AccountId,
  ChatId,
  ContactId,
  LeadId,
  MergeId,
  ParticipantId,
  UndoneMerge,
  UserId,
} from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { tryAgain } from '../../lib/try-again.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import { getContact } from '../contacts/contact-queries.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { isTooLate, lockMerge, type Merge } from './kept.ts'
import { type Both, lockBoth } from './lock-both.ts'
import { accessBoth } from './merge-contacts.ts'
import { mergeEvents } from './merge-events.ts'
import type { Moved } from './move-things.ts'
import { changedSince } from './plan-merge.ts'
import { readSide, writeSide } from './side.ts'

type UndoDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

interface Author {
  accountId: AccountId
  userId: UserId
  now: Date
}

/**
 * Makes two of one again: both are as they were, with their leads, chats, tasks and notes. What the other one's people wrote
 * meanwhile is his, with the leads it opened; what somebody gave to a third contact meanwhile stays there.
 * @throws {AppError} `not_found`: no such merge, or undone already; `forbidden`; `conflict`, with a `reason` among its details:
 *   `late`, `gone` (the contact was deleted or went on), `newer` (another one went in later), `changed` (`fields` of it), `moved`
 *   (a conversation of one goes on in a lead of the other, `leadId`)
 */
export async function undoMerge(
  deps: UndoDeps,
  { viewer, actor }: { viewer: Viewer; actor: Actor },
  contactId: ContactId,
  mergeId: MergeId,
): Promise<UndoneMerge> {
  const accountId = viewer.account.id
  const otherId = await findOther(deps, accountId, contactId, mergeId)
  await accessBoth(deps, viewer, contactId, otherId)
  const author = { accountId, userId: viewer.user.id, now: deps.clock.now() }
  await tryAgain(() =>
    deps.db.transaction().execute(async (tx) => {
      const both = await lockBoth(tx, accountId, contactId, otherId)
      await undo(tx, { author, actor, both, merge: await lockMerge(tx, accountId, contactId, mergeId) })
    }),
  )
  deps.nudge(accountId)
  const [contact, other] = await Promise.all([contactId, otherId].map((id) => getContact(deps.hotPool, accountId, id)))
  return { contact: contact!, other: other! }
}

const noSuchMerge = () => new AppError('not_found', 'There is no such merge, or it was undone already.')

async function findOther({ db }: Pick<Deps, 'db'>, accountId: AccountId, contactId: ContactId, id: MergeId) {
  const row = await db
    .selectFrom('contact_merge')
    .select('other_id')
    .where('account_id', '=', accountId)
    .where('contact_id', '=', contactId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw noSuchMerge()
  return row.other_id
}

interface Undoing {
  author: Author
  actor: Actor
  both: Both
  merge: Merge | undefined
}

async function undo(tx: Tx, { author, actor, both, merge }: Undoing): Promise<void> {
  const { accountId, userId, now } = author
  const { mine, other } = both
  if (!merge || !other) throw noSuchMerge()
  if (isTooLate(merge, now)) throw cannot('late', 'The merge is too long ago to be undone.')
  if (!mine || mine.deleted_at !== null || other.merged_into !== merge.contactId)
    throw cannot('gone', 'The contact was deleted or went into another one since. Take that back first.')
  await checkNewest(tx, accountId, merge)
  const changed = changedSince(merge.kept.after, await readSide(tx, accountId, mine), await readThere(tx, accountId))
  if (changed.length > 0)
    throw cannot(
      'changed',
      `${mine.name} was changed after the merge (${changed.join(', ')}), which an undo would lose.`,
      {
        fields: changed,
      },
    )
  const going = await planReturn(tx, accountId, merge)
  await moveBack(tx, accountId, merge, going)
  const { tagIds, fieldIds } = await readThere(tx, accountId)
  await writeSide(
    tx,
    { ...author, id: mine.id },
    {
      ...merge.kept.before,
      tagIds: merge.kept.before.tagIds.filter((id) => tagIds.has(id)),
      fields: merge.kept.before.fields.filter(({ fieldId }) => fieldIds.has(fieldId)),
    },
  )
  await tx
    .updateTable('contact')
    .set({ deleted_at: null, merged_into: null })
    .where('account_id', '=', accountId)
    .where('id', '=', other.id)
    .execute()
  await partActivity(tx, accountId, merge)
  await tx
    .updateTable('contact_merge')
    .set({ undone_at: now, undone_by: userId })
    .where('account_id', '=', accountId)
    .where('id', '=', merge.id)
    .execute()
  await appendAudit(tx, actor, {
    at: now,
    action: 'contact.unmerged',
    target: { kind: 'contact', id: mine.id, name: merge.kept.before.name },
    details: { other: { id: other.id, name: other.name } },
  })
  const events = await mergeEvents(
    tx,
    { accountId, userId, contactIds: [mine.id, other.id] },
    {
      chats: going.chatIds.map((id) => ({ id, leadId: null })),
      leads: going.leadIds,
      tasks: merge.kept.moved.tasks,
      notes: merge.kept.moved.notes,
    },
  )
  await appendEvents(tx, accountId, events)
}

const cannot = (reason: string, message: string, details: Record<string, unknown> = {}) =>
  new AppError('conflict', message, { details: { reason, ...details } })

/** Merges are undone in the order of a pile of plates. */
async function checkNewest(tx: Tx, accountId: AccountId, { id, contactId }: Merge): Promise<void> {
  const newer = await tx
    .selectFrom('contact_merge as m')
    .innerJoin('contact as o', (join) =>
      join.onRef('o.account_id', '=', 'm.account_id').onRef('o.id', '=', 'm.other_id'),
    )
    .select(['m.id', 'o.name'])
    .where('m.account_id', '=', accountId)
    .where('m.contact_id', '=', contactId)
    .where('m.id', '>', id)
    .where('m.undone_at', 'is', null)
    .orderBy('m.id')
    .executeTakeFirst()
  if (newer) throw cannot('newer', `${newer.name} was merged later. Undo that first.`, { mergeId: newer.id })
}

/** The tags and fields that there are. */
async function readThere(tx: Tx, accountId: AccountId) {
  const tags = await tx.selectFrom('tag').select('id').where('account_id', '=', accountId).execute()
  const fields = await tx.selectFrom('custom_field').select('id').where('account_id', '=', accountId).execute()
  return { tagIds: new Set<number>(tags.map(({ id }) => id)), fieldIds: new Set<number>(fields.map(({ id }) => id)) }
}

interface Return {
  chatIds: ChatId[]
  leadIds: LeadId[]
}

/**
 * What goes back: what came, and the leads that the other one's people opened since.
 * @throws {AppError} `conflict`: a conversation of one goes on in a lead of the other
 */
async function planReturn(tx: Tx, accountId: AccountId, { contactId, kept }: Merge): Promise<Return> {
  const came = new Set(kept.moved.participants)
  const { rows: chats } = await sql<{ id: ChatId; participantId: ParticipantId; leadId: LeadId | null }>`
    select s.chat_id as id, p.id as "participantId", s.lead_id as "leadId"
    from participant p join chat c on c.account_id = p.account_id and c.participant_id = p.id
    join chat_state s on s.account_id = c.account_id and s.chat_id = c.id
    where p.account_id = ${accountId} and p.contact_id = ${contactId}`.execute(tx)
  const leads = await tx
    .selectFrom('lead')
    .select(['id', 'title', 'chat_id'])
    .where('account_id', '=', accountId)
    .where('contact_id', '=', contactId)
    .execute()
  const returning = chats.filter((chat) => came.has(chat.participantId))
  const [theirs, before] = [
    new Set(returning.map(({ id }) => id)),
    new Map(kept.moved.chats.map((chat) => [chat.id, chat.leadId])),
  ]
  const leadIds = leads
    .filter(
      ({ id, chat_id }) =>
        kept.moved.leads.includes(id) || (id > kept.lastLeadId && chat_id !== null && theirs.has(chat_id)),
    )
    .map(({ id }) => id)
  const goes = new Set<LeadId>(leadIds)
  const stuck = chats.find(({ id, participantId, leadId }) => {
    if (leadId === null || !leads.some((lead) => lead.id === leadId)) return false
    return came.has(participantId)
      ? !goes.has(leadId) && before.get(id) !== leadId
      : goes.has(leadId) && !kept.crossed.includes(id)
  })
  if (stuck) {
    const title = leads.find(({ id }) => id === stuck.leadId)?.title ?? ''
    throw cannot('moved', `A conversation of one goes on in the other one’s lead “${title}” since.`, {
      leadId: stuck.leadId,
    })
  }
  return { chatIds: [...theirs], leadIds }
}

async function moveBack(
  tx: Tx,
  accountId: AccountId,
  { contactId, otherId, kept }: Merge,
  going: Return,
): Promise<void> {
  const { moved } = kept
  const chatIds = [...new Set([...going.chatIds, ...moved.chats.map(({ id }) => id)])]
  await sql`update chat_state set contact_id = ${otherId}
    where account_id = ${accountId} and contact_id = ${contactId} and chat_id = any (${chatIds}::uuid[])`.execute(tx)
  await sql`update talk set contact_id = ${otherId}
    where account_id = ${accountId} and contact_id = ${contactId}
      and (id = any (${moved.talks}::bigint[]) or chat_id = any (${going.chatIds}::uuid[]))`.execute(tx)
  await sql`update participant set contact_id = ${otherId}
    where account_id = ${accountId} and contact_id = ${contactId} and id = any (${moved.participants}::uuid[])`.execute(
    tx,
  )
  await sql`update lead set contact_id = ${otherId}
    where account_id = ${accountId} and contact_id = ${contactId} and id = any (${going.leadIds}::bigint[])`.execute(tx)
  await sql`update task set contact_id = ${otherId}
    where account_id = ${accountId} and contact_id = ${contactId} and id = any (${moved.tasks}::bigint[])`.execute(tx)
  await sql`update note set contact_id = ${otherId}
    where account_id = ${accountId} and contact_id = ${contactId} and id = any (${moved.notes}::uuid[])`.execute(tx)
  await moveBesidesBack(tx, accountId, { contactId, otherId }, moved)
}

async function moveBesidesBack(
  tx: Tx,
  accountId: AccountId,
  { contactId, otherId }: Pick<Merge, 'contactId' | 'otherId'>,
  { besides, dropped }: Moved,
): Promise<void> {
  await sql`update lead_contact set contact_id = ${otherId}
    where account_id = ${accountId} and contact_id = ${contactId} and lead_id = any (${besides}::bigint[])`.execute(tx)
  for (const { leadId, contactId: whose, addedAt } of dropped)
    await sql`insert into lead_contact (account_id, lead_id, contact_id, added_at)
      select account_id, id, ${whose}, ${addedAt}::timestamptz from lead where account_id = ${accountId} and id = ${leadId}
      on conflict do nothing`.execute(tx)
}

/** Each as late as his own conversations. */
async function partActivity(tx: Tx, accountId: AccountId, { contactId, otherId, kept }: Merge): Promise<void> {
  if (kept.minute === null)
    await sql`delete from contact_activity where account_id = ${accountId} and contact_id = ${contactId}`.execute(tx)
  else
    await sql`update contact_activity set minute = ${kept.minute}
      where account_id = ${accountId} and contact_id = ${contactId}`.execute(tx)
  await sql`insert into contact_activity (account_id, contact_id, minute)
    select p.account_id, p.contact_id, max(s.activity_minute)
    from participant p join chat c on c.account_id = p.account_id and c.participant_id = p.id
    join chat_state s on s.account_id = c.account_id and s.chat_id = c.id and s.activity_minute is not null
    where p.account_id = ${accountId} and p.contact_id in (${contactId}, ${otherId})
    group by p.account_id, p.contact_id
    on conflict (account_id, contact_id) do update set minute = greatest(contact_activity.minute, excluded.minute)`.execute(
    tx,
  )
}
