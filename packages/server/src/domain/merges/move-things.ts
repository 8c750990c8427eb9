import type {
  AccountId,
  ChatId,
  ContactId,
  LeadId,
  NoteId,
  ParticipantId,
  TalkId,
  TaskId,
} from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { chatsOf } from './lock-both.ts'

/** What went from one contact to another. */
export interface Moved {
  participants: ParticipantId[]
  /** With the leads they had then. */
  chats: { id: ChatId; leadId: LeadId | null }[]
  talks: TalkId[]
  leads: LeadId[]
  /** Leads he was a further person of. */
  besides: LeadId[]
  /** The same where the other one was on the lead as well: one row of both is enough. */
  dropped: { leadId: LeadId; contactId: ContactId; addedAt: string }[]
  tasks: TaskId[]
  notes: NoteId[]
}

export interface Way {
  accountId: AccountId
  from: ContactId
  to: ContactId
}

/** Gives everything that is with or about one contact to another. Both are locked. */
export async function moveThings(tx: Tx, way: Way): Promise<Moved> {
  const { accountId, from, to } = way
  const chats = await sql<{ id: ChatId; leadId: LeadId | null }>`
    update chat_state s set contact_id = ${to} where s.account_id = ${accountId} and s.contact_id = ${from}
      and s.chat_id in (${chatsOf(accountId, [from])})
    returning s.chat_id as id, s.lead_id as "leadId"`.execute(tx)
  const talks = await sql<{ id: TalkId }>`
    update talk t set contact_id = ${to} where t.account_id = ${accountId} and t.contact_id = ${from}
      and t.chat_id in (${chatsOf(accountId, [from])})
    returning t.id`.execute(tx)
  const participants = await sql<{ id: ParticipantId }>`
    update participant set contact_id = ${to} where account_id = ${accountId} and contact_id = ${from} returning id`.execute(
    tx,
  )
  const leads = await sql<{ id: LeadId }>`
    update lead set contact_id = ${to} where account_id = ${accountId} and contact_id = ${from} returning id`.execute(
    tx,
  )
  const { besides, dropped } = await moveBesides(tx, way)
  const tasks = await sql<{ id: TaskId }>`
    update task set contact_id = ${to} where account_id = ${accountId} and contact_id = ${from} returning id`.execute(
    tx,
  )
  const notes = await sql<{ id: NoteId }>`
    update note set contact_id = ${to} where account_id = ${accountId} and contact_id = ${from} returning id`.execute(
    tx,
  )
  return {
    participants: idsOf(participants.rows),
    chats: chats.rows,
    talks: idsOf(talks.rows),
    leads: idsOf(leads.rows),
    besides,
    dropped,
    tasks: idsOf(tasks.rows),
    notes: idsOf(notes.rows),
  }
}

const idsOf = <Id>(rows: readonly { id: Id }[]): Id[] => rows.map(({ id }) => id)

/** Who is on a lead twice by now, or besides himself, is on it once. */
async function moveBesides(tx: Tx, { accountId, from, to }: Way): Promise<Pick<Moved, 'besides' | 'dropped'>> {
  const dropped = await sql<{ leadId: LeadId; contactId: ContactId; addedAt: Date }>`
    delete from lead_contact x using lead l
    where x.account_id = ${accountId} and l.account_id = x.account_id and l.id = x.lead_id
      and x.contact_id in (${from}, ${to})
      and (l.contact_id = ${to} or x.contact_id = ${from} and exists (select from lead_contact y
        where y.account_id = x.account_id and y.lead_id = x.lead_id and y.contact_id = ${to}))
    returning x.lead_id as "leadId", x.contact_id as "contactId", x.added_at as "addedAt"`.execute(tx)
  const moved = await sql<{ lead_id: LeadId }>`
    update lead_contact set contact_id = ${to} where account_id = ${accountId} and contact_id = ${from}
    returning lead_id`.execute(tx)
  return {
    besides: moved.rows.map((row) => row.lead_id),
    dropped: dropped.rows.map((row) => ({ ...row, addedAt: row.addedAt.toISOString() })),
  }
}

/** Whoever was written to last by either. */
export async function joinActivity(tx: Tx, { accountId, from, to }: Way): Promise<void> {
  await sql`insert into contact_activity (account_id, contact_id, minute)
    select ${accountId}, ${to}, minute from contact_activity where account_id = ${accountId} and contact_id = ${from}
    on conflict (account_id, contact_id) do update set minute = greatest(contact_activity.minute, excluded.minute)`.execute(
    tx,
  )
}
