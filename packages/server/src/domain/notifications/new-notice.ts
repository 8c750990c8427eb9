import type {
  AccountId,
  ChannelId,
  ChatId,
  LeadId,
  NoteId,
  NotificationId,
  NotificationKind,
  TaskId,
  UserId,
} from '@parley/protocol/model'
import { columns, type Runner, run, statementsOf } from '../../db/statement.ts'
import { appendBatch } from '../../events/commit-with-events.ts'

/** Something to be told. */
export interface NewNotice {
  kind: NotificationKind
  /** Names the fact: the same one is told once. */
  fact: string
  /** Set when it is for this user alone. */
  targetId: UserId | null
  /** Who did it, and so knows. */
  actorId: UserId | null
  chatId?: ChatId | null
  leadId?: LeadId | null
  noteId?: NoteId | null
  taskId?: TaskId | null
  channelId?: ChannelId | null
  detail?: unknown
}

interface InsertedRow {
  id: NotificationId
  chat_id: ChatId | null
  lead_id: LeadId | null
  target_user_id: UserId | null
}

const insert = statementsOf('notifications')(
  'insert_new',
  `insert into notification (account_id, kind, fact, target_user_id, actor_user_id, chat_id, lead_id, note_id, task_id,
     channel_id, detail, created_at)
   select $1, k.*, $12 from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::uuid[], $7::bigint[], $8::uuid[],
     $9::bigint[], $10::uuid[], $11::jsonb[]) as k
   on conflict (account_id, fact) where fact is not null do nothing
   returning id, chat_id, lead_id, target_user_id`,
)

/**
 * Keeps what is news and appends the events that tell of it. Answers how many; then nudge, after the commit.
 * Locks: the account's counter, last.
 */
export async function insertNotices(
  client: Runner,
  accountId: AccountId,
  notices: readonly NewNotice[],
  now: Date,
): Promise<number> {
  // Nobody is told of what he did himself: then it need not even be kept.
  const told = notices.filter(({ targetId, actorId }) => targetId === null || targetId !== actorId)
  if (told.length === 0) return 0
  const values = columns(
    told,
    (one) => one.kind,
    (one) => one.fact,
    (one) => one.targetId,
    (one) => one.actorId,
    (one) => one.chatId ?? null,
    (one) => one.leadId ?? null,
    (one) => one.noteId ?? null,
    (one) => one.taskId ?? null,
    (one) => one.channelId ?? null,
    (one) => (one.detail === undefined ? null : JSON.stringify(one.detail)),
  )
  const rows = await run<InsertedRow>(client, insert, [accountId, ...values, now])
  await appendBatch(
    client,
    rows.map((row) => ({
      accountId,
      type: 'notification.created' as const,
      chatId: row.chat_id,
      leadId: row.lead_id,
      notificationId: row.id,
      userId: row.target_user_id,
    })),
  )
  return rows.length
}
