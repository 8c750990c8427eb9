import type {
  AccountId,
  AuthorKind,
  ChannelId,
  Chat,
  ChatId,
  Direction,
  FileId,
  LeadId,
  MessageId,
  MessageKind,
  MessageStatus,
  ParticipantId,
  PipelineId,
  StageId,
  TagId,
  UserId,
} from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { avatarPath } from '../../lib/file-path.ts'
import { CHAT_STATES, stateSql } from './chat-state.ts'

interface ChatRow {
  chat_id: ChatId
  unread: number
  activity_at: Date
  state: number
  snoozed_until: Date | null
  waiting_since: Date | null
  source_external_id: string | null
  client_id: ParticipantId
  client_name: string
  avatar_file_id: FileId | null
  phone: string | null
  email: string | null
  channel_id: ChannelId
  channel_code: string
  channel_title: string
  is_connected: boolean
  reactions_all: boolean
  reactions_list: string[]
  supports_reply: boolean
  supports_voice: boolean
  max_file_size: number
  window_expires_at: Date | null
  lead_id: LeadId | null
  lead_title: string | null
  is_incoming: boolean | null
  pipeline_id: PipelineId
  stage_id: StageId
  tag_ids: TagId[]
  responsible_id: UserId | null
  responsible_name: string | null
  message_id: MessageId | null
  direction: Direction
  author_kind: AuthorKind
  author_id: string
  author_name: string
  kind: MessageKind
  preview: string
  file_name: string | null
  duration_ms: number | null
  sent_at: Date
  status: MessageStatus
}

/** Characters of the last message an inbox row can show. */
const PREVIEW_LENGTH = 200

const statement = statementsOf('chats')

/** Every read of inbox rows is made of this, and so carries its tenant ($1). Chats without messages are invisible (spec 01 §3.3). */
const chatsWhere = (rest: string) => `
  select s.chat_id, s.unread, s.activity_at, s.waiting_since, ${stateSql('s')} as state, s.snoozed_until, c.source_external_id,
    p.id as client_id, p.name as client_name, p.avatar_file_id, p.phone, p.email,
    ch.id as channel_id, ch.code as channel_code, coalesce(cn.title, ch.name) as channel_title,
    cn.channel_id is not null and cn.disconnected_at is null and ch.disabled_at is null as is_connected,
    ch.reactions_all, ch.reactions_list, ch.supports_voice, ch.max_file_size,
    -- Hooks of version 1 have no quotes.
    ch.supports_reply and (cn.hook_api_version is distinct from 'v1' or c.client_id is null) as supports_reply,
    case when not coalesce(cn.is_time_window_disabled, false)
      then s.last_client_at + make_interval(secs => ch.time_window_seconds) end as window_expires_at,
    l.id as lead_id, l.title as lead_title, l.is_incoming, l.pipeline_id, l.stage_id,
    array(select tag_id::float8 from lead_tag t where t.account_id = l.account_id and t.lead_id = l.id order by tag_id) as tag_ids,
    ru.id as responsible_id, ru.name as responsible_name,
    m.id as message_id, m.direction, m.author_kind, m.author_id, m.kind, left(m.body, ${PREVIEW_LENGTH}) as preview,
    m.content #>> '{media,fileName}' as file_name, (m.content #>> '{media,durationMs}')::float8 as duration_ms,
    m.sent_at, m.status, coalesce(mp.name, mu.name, ch.bot_name) as author_name
  from (
    select * from chat_state s
    where s.account_id = $1 and s.activity_minute is not null ${rest}
  ) s
  join chat c on c.account_id = s.account_id and c.id = s.chat_id
  join participant p on p.account_id = s.account_id and p.id = c.participant_id
  join channel ch on ch.id = c.channel_id
  left join connection cn on cn.account_id = s.account_id and cn.channel_id = c.channel_id
  left join lead l on l.account_id = s.account_id and l.id = s.lead_id and l.deleted_at is null
  left join account_user ru on ru.account_id = s.account_id and ru.id = l.responsible_user_id
  left join message m on m.account_id = s.account_id and m.id = s.last_message_id
  left join participant mp on mp.account_id = s.account_id and mp.id = m.author_id and m.author_kind = 'client'
  left join account_user mu on mu.account_id = s.account_id and mu.amojo_id = m.author_id and m.author_kind = 'user'`

const byIds = statement('by_ids', chatsWhere('and s.chat_id = any ($2::uuid[])'))

/** Those of the ids that are chats of this account, in no order worth keeping. */
export async function findChats(pool: Runner, accountId: AccountId, ids: readonly ChatId[]): Promise<Chat[]> {
  if (ids.length === 0) return []
  const rows = await run<ChatRow>(pool, byIds, [accountId, ids])
  return rows.map((row) => toChat(accountId, row))
}

/** @throws {AppError} `not_found`: no such chat in this account */
export async function getChat(pool: Runner, accountId: AccountId, id: ChatId): Promise<Chat> {
  const [chat] = await findChats(pool, accountId, [id])
  if (!chat) throw new AppError('not_found', 'There is no such chat in this account.')
  return chat
}

function toChat(accountId: AccountId, row: ChatRow): Chat {
  return {
    id: row.chat_id,
    client: {
      id: row.client_id,
      name: row.client_name,
      avatarUrl: avatarPath(accountId, row.avatar_file_id),
      phone: row.phone,
      email: row.email,
    },
    channel: {
      id: row.channel_id,
      code: row.channel_code,
      title: row.channel_title,
      isConnected: row.is_connected,
      can: {
        reactions: row.reactions_all ? 'all' : row.reactions_list,
        quotes: row.supports_reply,
        voice: row.supports_voice,
        maxFileBytes: row.max_file_size,
      },
    },
    source: row.source_external_id,
    state: CHAT_STATES[row.state] ?? 'open',
    snoozedUntil: CHAT_STATES[row.state] === 'snoozed' ? (row.snoozed_until?.getTime() ?? null) : null,
    unread: row.unread,
    lastMessage: toLastMessage(row),
    activityAt: row.activity_at.getTime(),
    waitingSince: row.waiting_since?.getTime() ?? null,
    windowExpiresAt: row.window_expires_at?.getTime() ?? null,
    lead:
      row.lead_id === null
        ? null
        : {
            id: row.lead_id,
            title: row.lead_title ?? '',
            isIncoming: row.is_incoming ?? false,
            pipelineId: row.pipeline_id,
            stageId: row.stage_id,
            tagIds: row.tag_ids,
          },
    responsible: row.responsible_id === null ? null : { id: row.responsible_id, name: row.responsible_name ?? '' },
  }
}

function toLastMessage(row: ChatRow): Chat['lastMessage'] {
  if (row.message_id === null) return null
  const last: Chat['lastMessage'] = {
    id: row.message_id,
    direction: row.direction,
    author: { id: row.author_id, kind: row.author_kind, name: row.author_name },
    kind: row.kind,
    text: row.preview,
    sentAt: row.sent_at.getTime(),
    status: row.status,
  }
  if (row.file_name !== null) last.fileName = row.file_name
  if (row.duration_ms !== null) last.durationMs = row.duration_ms
  return last
}
