import type { AccountId, ChatId, ContactId, LeadId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { Was } from './undo-record.ts'

export type LockedLead = Awaited<ReturnType<typeof lockLeads>>[number]

export interface Conversation {
  lead: LockedLead
  chats: Was['chats']
  /** Who is in the chats. */
  participants: Was['participants']
  /** Everybody known as the lead's contact. */
  contactParticipants: Was['participants']
  openTalks: Was['talks']
}

/**
 * Locks a lead with all that is said about it, and other leads with it: people, then chats, then leads, as everybody does.
 * Answers the leads that are there, deleted ones too.
 */
export async function lockConversations(
  tx: Tx,
  accountId: AccountId,
  leadIds: readonly LeadId[],
): Promise<Map<LeadId, Conversation>> {
  const ids = leadIds.length === 0 ? [0 as LeadId] : leadIds
  const everybody = await lockParticipants(tx, accountId, ids)
  const chats = await lockChats(tx, accountId, ids)
  const leads = await lockLeads(tx, accountId, ids)
  const talks = await tx
    .selectFrom('talk')
    .select(['id', 'lead_id', 'contact_id'])
    .where('account_id', '=', accountId)
    .where('lead_id', 'in', ids)
    .where('closed_at', 'is', null)
    .execute()
  return new Map(
    leads.map((lead) => {
      // Talked about with it once, and with another one now: not its chat any more.
      const own = chats.filter((chat) => chat.lead_id === lead.id)
      const people = new Set(own.map((chat) => chat.participant_id))
      return [
        lead.id,
        {
          lead,
          chats: own.map((chat) => ({ id: chat.chat_id, contactId: chat.contact_id, talkId: chat.talk_id })),
          participants: everybody.filter(({ id }) => people.has(id)),
          contactParticipants: everybody.filter(({ contactId }) => contactId === lead.contact_id),
          openTalks: talks
            .filter((talk) => talk.lead_id === lead.id)
            .map((talk) => ({ id: talk.id, contactId: talk.contact_id })),
        },
      ]
    }),
  )
}

/** Who is in the chats of these leads, and who else is known as their contacts. */
async function lockParticipants(tx: Tx, accountId: AccountId, ids: readonly LeadId[]): Promise<Was['participants']> {
  // A union, not an "or": each half has an index to go by.
  const { rows } = await sql<Was['participants'][number]>`
    select p.id, p.contact_id as "contactId" from participant p
    where p.account_id = ${accountId} and p.id in (
      select k.id from lead l join participant k on k.account_id = l.account_id and k.contact_id = l.contact_id
      where l.account_id = ${accountId} and l.id = any (${ids}::bigint[])
      union
      select c.participant_id from talk t join chat c on c.account_id = t.account_id and c.id = t.chat_id
      where t.account_id = ${accountId} and t.lead_id = any (${ids}::bigint[]))
    order by p.id for update of p`.execute(tx)
  return rows
}

async function lockChats(tx: Tx, accountId: AccountId, ids: readonly LeadId[]) {
  return tx
    .selectFrom('chat_state as s')
    .innerJoin('chat as c', (join) => join.onRef('c.account_id', '=', 's.account_id').onRef('c.id', '=', 's.chat_id'))
    .select(['s.chat_id', 's.lead_id', 's.contact_id', 's.talk_id', 'c.participant_id'])
    .where('s.account_id', '=', accountId)
    .where('s.chat_id', 'in', (eb) =>
      eb.selectFrom('talk').select('chat_id').where('account_id', '=', accountId).where('lead_id', 'in', ids),
    )
    .orderBy('s.chat_id')
    .forUpdate('s')
    .execute()
}

async function lockLeads(tx: Tx, accountId: AccountId, ids: readonly LeadId[]) {
  return tx
    .selectFrom('lead')
    .select(['id', 'title', 'price', 'pipeline_id', 'stage_id', 'responsible_user_id', 'contact_id', 'is_incoming'])
    .select(['loss_reason_id', 'rank', 'stage_since', 'created_at', 'deleted_at'])
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** What an undo will need of it. */
export function toWas({ lead, chats, participants, openTalks }: Conversation, more: Partial<Was> = {}): Was {
  return {
    lead: {
      pipelineId: lead.pipeline_id,
      stageId: lead.stage_id,
      responsibleUserId: lead.responsible_user_id,
      contactId: lead.contact_id,
      rank: lead.rank,
      stageSince: lead.stage_since.getTime(),
    },
    chats,
    participants,
    talks: openTalks,
    removedContactId: null,
    toLeadId: null,
    ...more,
  }
}

export const chatIdsOf = ({ chats }: Pick<Conversation, 'chats'>): ChatId[] => chats.map(({ id }) => id)

/**
 * Takes a contact away that came with this lead and that nothing else needs; the person in the messenger then belongs to none.
 * Answers its id when it went.
 */
export async function removeLonelyContact(
  tx: Tx,
  accountId: AccountId,
  lead: Pick<LockedLead, 'id' | 'contact_id' | 'created_at'>,
  now: Date,
): Promise<ContactId | null> {
  const removed = await tx
    .updateTable('contact as c')
    .set({ deleted_at: now })
    .where('c.account_id', '=', accountId)
    .where('c.id', '=', lead.contact_id)
    .where('c.deleted_at', 'is', null)
    // Both were written together; who was known before stays.
    .where('c.created_at', '>=', lead.created_at)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('lead as other')
            .select('other.id')
            .whereRef('other.account_id', '=', 'c.account_id')
            .whereRef('other.contact_id', '=', 'c.id')
            .where('other.id', '<>', lead.id)
            .where('other.deleted_at', 'is', null),
        ),
      ),
    )
    .returning('c.id')
    .executeTakeFirst()
  if (!removed) return null
  await tx
    .updateTable('participant')
    .set({ contact_id: null })
    .where('account_id', '=', accountId)
    .where('contact_id', '=', removed.id)
    .execute()
  return removed.id
}
