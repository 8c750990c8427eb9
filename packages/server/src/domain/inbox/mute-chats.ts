import type { AccountId, ChatId, UserId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db, Tx } from '../../db/open-database.ts'
import type { NewEvent } from '../../events/append-events.ts'
import { covers, ownersFor } from '../users/viewer.ts'
import type { Acting, Done, Undone } from './acting.ts'

/** Whose notifications a user does not want; a matter between him and his chats alone. */
export async function listMuted(db: Db, accountId: AccountId, userId: UserId): Promise<ChatId[]> {
  const rows = await db
    .selectFrom('chat_mute')
    .select('chat_id')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute()
  return rows.map((row) => row.chat_id)
}

export async function setMuted(tx: Tx, acting: Acting, chatIds: readonly ChatId[], isMuted: boolean): Promise<Done> {
  const changed = isMuted ? await mute(tx, acting, chatIds) : await unmute(tx, acting, chatIds)
  return { before: new Map(changed.map((chatId) => [chatId, {}])), events: tell(acting, changed) }
}

export async function restoreMuted(
  tx: Tx,
  acting: Acting,
  items: ReadonlyMap<ChatId, unknown>,
  wasMuted: boolean,
): Promise<Undone> {
  const { before, events } = await setMuted(tx, acting, [...items.keys()], wasMuted)
  return { restored: [...before.keys()], events }
}

async function mute(tx: Tx, { viewer, now }: Acting, chatIds: readonly ChatId[]): Promise<ChatId[]> {
  const { rows } = await sql<{ chat_id: ChatId; responsible_user_id: UserId | null }>`
    select s.chat_id, l.responsible_user_id from chat_state s
    left join lead l on l.account_id = s.account_id and l.id = s.lead_id and l.deleted_at is null
    where s.account_id = ${viewer.account.id} and s.chat_id = any (${chatIds}::uuid[])`.execute(tx)
  const owners = ownersFor(viewer, 'leads')
  const seen = rows.filter((row) => covers(owners, row.responsible_user_id))
  if (seen.length === 0) return []
  const inserted = await tx
    .insertInto('chat_mute')
    .values(
      seen.map((row) => ({
        account_id: viewer.account.id,
        user_id: viewer.user.id,
        chat_id: row.chat_id,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('chat_id')
    .execute()
  return inserted.map((row) => row.chat_id)
}

async function unmute(tx: Tx, { viewer }: Acting, chatIds: readonly ChatId[]): Promise<ChatId[]> {
  const deleted = await tx
    .deleteFrom('chat_mute')
    .where('account_id', '=', viewer.account.id)
    .where('user_id', '=', viewer.user.id)
    .where('chat_id', 'in', chatIds)
    .returning('chat_id')
    .execute()
  return deleted.map((row) => row.chat_id)
}

const tell = ({ viewer }: Acting, changed: readonly ChatId[]): NewEvent[] =>
  changed.length === 0 ? [] : [{ type: 'settings.changed', topic: 'mutes', userId: viewer.user.id }]
