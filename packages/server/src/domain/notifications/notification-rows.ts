import type {
  AccountId,
  ChannelDecision,
  ChannelId,
  ChatId,
  ContactId,
  LeadId,
  MessageId,
  NoteId,
  Notification,
  NotificationId,
  NotificationKind,
  TaskId,
  UserId,
} from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { ownedSql, ownersValues } from '../users/viewer.ts'
import { type NoticeFacts, type Recipient, TASK_KINDS } from './recipients.ts'

export interface NotificationRow {
  id: NotificationId
  kind: NotificationKind
  chat_id: ChatId | null
  lead_id: LeadId | null
  message_id: MessageId | null
  note_id: NoteId | null
  task_id: TaskId | null
  channel_id: ChannelId | null
  contact_id: ContactId | null
  decision: ChannelDecision | null
  actor_user_id: UserId | null
  target_user_id: UserId | null
  actor_name: string | null
  title: string | null
  text: string | null
  created_at: Date
  owner_id: UserId | null
  is_gone: boolean
  is_read: boolean
  snoozed_until: Date | null
}

/** What a notification is about, as it is now: whose it is decides who hears of it. `c`, `s` the chat, `l` the lead, `t` the note, `w` the task. */
export const SUBJECT = `
  left join chat c on c.account_id = n.account_id and c.id = n.chat_id
  left join chat_state s on s.account_id = n.account_id and s.chat_id = n.chat_id
  left join lead l on l.account_id = n.account_id and l.deleted_at is null
    and l.id = case when n.chat_id is null then n.lead_id else s.lead_id end
  left join note t on t.account_id = n.account_id and t.id = n.note_id and t.deleted_at is null
  left join task w on w.account_id = n.account_id and w.id = n.task_id and w.deleted_at is null`

/** What it was about was deleted. */
const GONE = `(n.chat_id is not null and c.id is null or n.chat_id is null and n.lead_id is not null and l.id is null
  or n.note_id is not null and t.id is null or n.task_id is not null and w.id is null)`

/** Of the reader's rows, `u` and `r`. */
const IS_READ = `(coalesce(n.id <= u.notifications_read_to, false) or r.notification_id is not null)`

const TASK_ABOUT = `coalesce(
  (select title from lead where account_id = w.account_id and id = w.lead_id and deleted_at is null),
  (select name from contact where account_id = w.account_id and id = w.contact_id and deleted_at is null))`

/** The names and texts a notification is shown with. $2 is the reader, or null for nobody in particular. */
export const shownAs = (from: string) => `
  select n.id, n.kind, n.chat_id, n.lead_id, n.message_id, n.note_id, n.task_id, n.channel_id, n.created_at,
    n.actor_user_id, n.target_user_id, l.responsible_user_id as owner_id, ${GONE} as is_gone,
    by_user.name as actor_name, z.due_at as snoozed_until, ${IS_READ} as is_read,
    t.contact_id, coalesce(w.text, p.name, l.title, person.name, k.title, own.name) as title, n.detail ->> 'decision' as decision,
    case n.kind
      when 'delivery_failed' then m.failure
      when 'channel_failing' then h.last_failure
      when 'channel_decided' then n.detail ->> 'note'
      when 'lead_stage' then stage.name
      when 'assigned' then l.title
      when 'mention' then left(t.body, 200)
      when 'task_assigned' then ${TASK_ABOUT}
      when 'task_due' then ${TASK_ABOUT}
      else left(m.body, 200) end as text
  from (${from}) n
  left join account_user u on u.account_id = n.account_id and u.id = $2::bigint
  left join notification_read r on r.account_id = n.account_id and r.user_id = u.id and r.notification_id = n.id
  left join notification_snooze z on z.account_id = n.account_id and z.user_id = u.id and z.notification_id = n.id
  ${SUBJECT}
  left join participant p on p.account_id = n.account_id and p.id = c.participant_id
  left join contact person on person.account_id = n.account_id and person.id = t.contact_id
  left join message m on m.account_id = n.account_id and m.id = n.message_id
  left join account_user by_user on by_user.account_id = n.account_id and by_user.id = n.actor_user_id
  left join connection k on k.account_id = n.account_id and k.channel_id = n.channel_id
  left join channel own on own.id = n.channel_id and own.owner_account_id = n.account_id
  left join channel_health h on h.channel_id = n.channel_id
  left join stage on stage.account_id = n.account_id and stage.pipeline_id = (n.detail ->> 'pipelineId')::bigint
    and stage.id = (n.detail ->> 'stageId')::bigint
  order by n.id desc`

/**
 * `isFor`, in SQL, for the recipient in parameters $1 to $8 (`recipientValues`). Besides n: the joins of SUBJECT.
 */
export const IS_FOR_ME = `
  n.kind = any ($3::text[]) and n.actor_user_id is distinct from $2 and not ${GONE}
  and case
    when n.target_user_id is not null then n.target_user_id = $2
      and (n.kind = any ($8::text[]) or n.chat_id is null and n.lead_id is null
        or ${ownedSql('l.responsible_user_id', 4)})
    else (n.chat_id is null and n.lead_id is null or ${ownedSql('l.responsible_user_id', 6)})
      and not exists (select from chat_mute x where x.account_id = $1 and x.user_id = $2 and x.chat_id = n.chat_id) end`

export const recipientValues = (recipient: Recipient): unknown[] => [
  recipient.accountId,
  recipient.userId,
  recipient.kinds,
  ...ownersValues(recipient.maySee),
  ...ownersValues(recipient.wants),
  TASK_KINDS,
]

const byIds = statementsOf('notifications')(
  'by_ids',
  shownAs('select * from notification where account_id = $1 and id = any ($3::bigint[])'),
)

interface MuteRow {
  chat_id: ChatId
  user_id: UserId
}

const mutesOf = statementsOf('notifications')(
  'mutes',
  'select chat_id, user_id from chat_mute where account_id = $1 and chat_id = any ($2::uuid[])',
)

/** A notification and whom it is for. */
export interface Notice {
  notification: Notification
  facts: NoticeFacts
}

/** As somebody sees them who has read nothing; those of the ids that are this account's, and about something that is still there. */
export async function findNotices(
  client: Runner,
  accountId: AccountId,
  ids: readonly NotificationId[],
): Promise<Notice[]> {
  if (ids.length === 0) return []
  const rows = await run<NotificationRow>(client, byIds, [accountId, null, ids])
  const chatIds = rows.flatMap((row) => (row.chat_id === null ? [] : [row.chat_id]))
  const mutes = chatIds.length === 0 ? [] : await run<MuteRow>(client, mutesOf, [accountId, chatIds])
  return rows
    .filter((row) => !row.is_gone)
    .map((row) => ({ notification: toNotification(row), facts: toFacts(row, mutes) }))
}

export function toNotification(row: NotificationRow): Notification {
  return {
    id: row.id,
    kind: row.kind,
    chatId: row.chat_id,
    leadId: row.lead_id,
    messageId: row.message_id,
    noteId: row.note_id,
    taskId: row.task_id,
    channelId: row.channel_id,
    contactId: row.contact_id,
    decision: row.decision,
    actor: row.actor_user_id === null ? null : { id: row.actor_user_id, name: row.actor_name ?? '' },
    isForMe: row.target_user_id !== null,
    title: row.title ?? '',
    text: row.text ?? '',
    at: row.created_at.getTime(),
    isRead: row.is_read,
    snoozedUntil: row.snoozed_until?.getTime() ?? null,
  }
}

const toFacts = (row: NotificationRow, mutes: readonly MuteRow[]): NoticeFacts => ({
  kind: row.kind,
  actorId: row.actor_user_id,
  targetId: row.target_user_id,
  ownerId: row.chat_id === null && row.lead_id === null ? undefined : row.owner_id,
  mutedBy: mutes.filter((mute) => mute.chat_id === row.chat_id).map((mute) => mute.user_id),
})
