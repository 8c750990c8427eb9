import type { AccountId, ContactId, MergedContact, MergeRequest, UserId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { tryAgain } from '../../lib/try-again.ts'
import { refuse } from '../accounts/insert-user.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import { accessContact } from '../contacts/access-contact.ts'
import { getContact } from '../contacts/contact-queries.ts'
import type { LockedContact } from '../contacts/write-contact.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { type Kept, saveMerge } from './kept.ts'
import { lockBoth } from './lock-both.ts'
import { mergeEvents } from './merge-events.ts'
import { joinActivity, moveThings } from './move-things.ts'
import { planMerge } from './plan-merge.ts'
import { readSide, writeSide } from './side.ts'

type MergeDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

interface Author {
  viewer: Viewer
  actor: Actor
}

/**
 * Makes two contacts one: the chosen values, and the phones, e-mails and tags of both. Leads, chats, tasks and notes of the other
 * are this one's, and whoever looks for the other finds this one. Can be undone for a month.
 * @throws {AppError} `not_found`; `forbidden`: both must be the viewer's to change, the other one his to delete;
 *   `invalid_request`: with itself; `conflict`: one of them went into a third in this very moment
 */
export async function mergeContacts(
  deps: MergeDeps,
  { viewer, actor }: Author,
  id: ContactId,
  { otherId, choose }: MergeRequest,
): Promise<MergedContact> {
  const other = otherId as ContactId
  const accountId = viewer.account.id
  if (other === id) throw refuse('otherId', 'a contact cannot go into itself')
  await accessBoth(deps, viewer, id, other)
  const author = { accountId, userId: viewer.user.id, now: deps.clock.now() }
  const mergeId = await tryAgain(() =>
    deps.db.transaction().execute(async (tx) => {
      const both = await lockBoth(tx, accountId, id, other)
      return merge(tx, { author, actor, mine: mustBeThere(both.mine), other: mustBeThere(both.other), choose })
    }),
  )
  deps.nudge(accountId)
  return { mergeId, contact: await getContact(deps.hotPool, accountId, id) }
}

/** @throws {AppError} `not_found`; `forbidden` */
export async function accessBoth(
  { hotPool }: Pick<Deps, 'hotPool'>,
  viewer: Viewer,
  id: ContactId,
  otherId: ContactId,
): Promise<void> {
  await accessContact(hotPool, viewer, id, 'edit')
  await accessContact(hotPool, viewer, otherId, 'edit')
  await accessContact(hotPool, viewer, otherId, 'delete')
}

function mustBeThere(contact: LockedContact | undefined): LockedContact {
  if (!contact) throw new AppError('not_found', 'There is no such contact in this account.')
  if (contact.merged_into !== null)
    throw new AppError('conflict', `${contact.name} has gone into another contact already.`, {
      details: { mergedInto: contact.merged_into },
    })
  if (contact.deleted_at !== null) throw new AppError('not_found', `${contact.name} was deleted.`)
  return contact
}

interface Merging {
  author: { accountId: AccountId; userId: UserId; now: Date }
  actor: Actor
  mine: LockedContact
  other: LockedContact
  choose: MergeRequest['choose']
}

async function merge(tx: Tx, { author, actor, mine, other, choose }: Merging) {
  const { accountId, userId, now } = author
  const before = await readSide(tx, accountId, mine)
  const planned = planMerge(before, await readSide(tx, accountId, other), choose)
  const way = { accountId, from: other.id, to: mine.id }
  const known = await readBefore(tx, accountId, mine.id, other.id)
  const moved = await moveThings(tx, way)
  await joinActivity(tx, way)
  await writeSide(tx, { ...author, id: mine.id }, planned)
  await tx
    .updateTable('contact')
    .set({ deleted_at: now, merged_into: mine.id })
    .where('account_id', '=', accountId)
    .where('id', '=', other.id)
    .execute()
  const after = await readSide(tx, accountId, { ...mine, ...columnsOf(planned) })
  const mergeId = await saveMerge(tx, author, {
    contactId: mine.id,
    otherId: other.id,
    kept: { before, after, moved, ...known },
  })
  await appendAudit(tx, actor, {
    at: now,
    action: 'contact.merged',
    target: { kind: 'contact', id: mine.id, name: planned.name },
    details: { other: { id: other.id, name: other.name } },
  })
  const events = await mergeEvents(tx, { accountId, userId, contactIds: [mine.id] }, moved)
  await appendEvents(tx, accountId, [{ type: 'contact.deleted', contactId: other.id, actorId: userId }, ...events])
  return mergeId
}

const columnsOf = ({ name, company, responsibleUserId, points }: Kept['after']) => ({
  name,
  company,
  responsible_user_id: responsibleUserId,
  phone: points.find(({ kind }) => kind === 'phone')?.value ?? null,
  email: points.find(({ kind }) => kind === 'email')?.value ?? null,
})

/** What can be told only as long as nothing has moved. */
async function readBefore(tx: Tx, accountId: AccountId, id: ContactId, otherId: ContactId) {
  const { rows } = await sql<Pick<Kept, 'minute' | 'lastLeadId' | 'crossed'>>`
    select (select minute from contact_activity where account_id = ${accountId} and contact_id = ${id}) as minute,
      (select coalesce(max(id), 0) from lead where account_id = ${accountId}) as "lastLeadId",
      array(select s.chat_id from participant p
        join chat c on c.account_id = p.account_id and c.participant_id = p.id
        join chat_state s on s.account_id = c.account_id and s.chat_id = c.id
        join lead l on l.account_id = s.account_id and l.id = s.lead_id and l.contact_id = ${otherId}
        where p.account_id = ${accountId} and p.contact_id = ${id}) as crossed`.execute(tx)
  return rows[0] ?? { minute: null, lastLeadId: 0 as Kept['lastLeadId'], crossed: [] }
}
