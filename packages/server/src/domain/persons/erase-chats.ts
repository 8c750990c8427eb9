import type { FileId, MessageId, NotificationId } from '@parley/protocol/model'
import { sql } from 'kysely'
import { AT_ONCE, addTo, type Erasing, type Progress, remove } from './erasing.ts'
import { fileIdsIn } from './file-ids.ts'

/** What is being downloaded ends first: else its copy would come when nobody looks for it any more. */
export async function eraseFetches({ tx, accountId, scope }: Erasing): Promise<Progress> {
  const { rows } = await sql<{ under_way: number }>`
    with theirs as (
      select f.id, f.leased_until from media_fetch f
      where f.account_id = ${accountId} and (f.owner_id = any (${scope.participantIds}::uuid[]) or f.owner_id in (
        select id from message where account_id = ${accountId} and chat_id = any (${scope.chatIds}::uuid[])))
      for update),
    gone as (
      delete from media_fetch where account_id = ${accountId} and id in (select id from theirs where leased_until is null))
    select count(*) as under_way from theirs where leased_until is not null`.execute(tx)
  return (rows[0]?.under_way ?? 0) > 0 ? 'wait' : 'done'
}

/** With their earlier texts and their search rows; the files are remembered. */
export async function eraseMessages(erasing: Erasing): Promise<Progress> {
  const { tx, accountId, scope } = erasing
  const rows = await tx
    .selectFrom('message')
    .select(['id', 'content'])
    .where('account_id', '=', accountId)
    .where('chat_id', 'in', scope.chatIds.length > 0 ? scope.chatIds : [NO_CHAT])
    .limit(AT_ONCE)
    .forUpdate()
    .execute()
  await removeMessages(
    erasing,
    rows.map((row) => row.id),
  )
  scope.fileIds = addTo(
    scope.fileIds,
    rows.flatMap((row) => fileIdsIn(row.content)),
  )
  return rows.length < AT_ONCE ? 'done' : 'more'
}

const NO_CHAT = '00000000-0000-0000-0000-000000000000' as Erasing['scope']['chatIds'][number]

/** Messages that the caller has locked. */
export async function removeMessages({ tx, accountId, scope }: Erasing, ids: readonly MessageId[]): Promise<void> {
  if (ids.length === 0) return
  const edits = await sql<{ content: unknown }>`
    delete from message_edit where account_id = ${accountId} and message_id = any (${ids}::uuid[])
    returning content`.execute(tx)
  scope.fileIds = addTo(
    scope.fileIds,
    edits.rows.flatMap((row): FileId[] => fileIdsIn(row.content)),
  )
  await remove(tx, 'media_fetch', sql`account_id = ${accountId} and owner_id = any (${ids}::uuid[])`)
  await remove(tx, 'search_text', sql`account_id = ${accountId} and id = any (${ids}::uuid[])`)
  await remove(tx, 'message', sql`account_id = ${accountId} and id = any (${ids}::uuid[])`)
}

export async function eraseDeliveries({ tx, accountId, scope }: Erasing): Promise<Progress> {
  const { rows } = await sql<{ id: string }>`
    delete from delivery where account_id = ${accountId} and id in (
      select id from delivery where account_id = ${accountId} and chat_id = any (${scope.chatIds}::uuid[])
      limit ${AT_ONCE})
    returning id`.execute(tx)
  const ids = rows.map((row) => row.id)
  await remove(tx, 'delivery_attempt', sql`account_id = ${accountId} and delivery_id = any (${ids}::uuid[])`)
  // What the simulator took in a channel's place is kept by channel, for two hundred hooks and not for long.
  await remove(
    tx,
    'simulator_entry',
    sql`account_id = ${accountId} and channel_id in (
      select channel_id from chat where account_id = ${accountId} and id = any (${scope.chatIds}::uuid[]))`,
  )
  // One that was sent again in the very moment the chat went.
  await remove(tx, 'delivery_lane', sql`account_id = ${accountId} and chat_id = any (${scope.chatIds}::uuid[])`)
  return rows.length < AT_ONCE ? 'done' : 'more'
}

/** Of the chats, leads, notes and tasks. */
export async function eraseNotifications({ tx, accountId, scope }: Erasing): Promise<Progress> {
  const { chatIds, leadIds, contactIds } = scope
  const { rows } = await sql<{ id: NotificationId }>`
    delete from notification where account_id = ${accountId} and id in (
      select id from notification n
      where n.account_id = ${accountId} and (
        n.chat_id = any (${chatIds}::uuid[]) or n.lead_id = any (${leadIds}::bigint[])
        or n.note_id in (select id from note where account_id = ${accountId} and (
          chat_id = any (${chatIds}::uuid[]) or lead_id = any (${leadIds}::bigint[])
          or contact_id = any (${contactIds}::bigint[])))
        or n.task_id in (select id from task where account_id = ${accountId} and (
          chat_id = any (${chatIds}::uuid[]) or lead_id = any (${leadIds}::bigint[])
          or contact_id = any (${contactIds}::bigint[]))))
      limit ${AT_ONCE})
    returning id`.execute(tx)
  const ids = rows.map((row) => row.id)
  for (const table of ['notification_read', 'notification_snooze', 'push_delivery'])
    await remove(tx, table, sql`account_id = ${accountId} and notification_id = any (${ids}::bigint[])`)
  return rows.length < AT_ONCE ? 'done' : 'more'
}
