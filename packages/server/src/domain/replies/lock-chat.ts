import type { AccountId, ChannelId, ChatId, ParticipantId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { HookVersion } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'
import { effectiveSource } from '../sources/effective-source.ts'

/** Where a reply goes, and what may be said there. */
export interface LockedChat {
  accountId: AccountId
  id: ChatId
  clientId: string | null
  /** By the clock of whoever said it. */
  lastMessageAt: Date | null
  /** Its own, or the channel's default at this time. */
  sourceExternalId: string | null
  receiver: { id: ParticipantId; clientId: string | null; name: string; phone: string | null; email: string | null }
  channel: {
    id: ChannelId
    /** The connection's. */
    title: string
    hookVersion: HookVersion
    supportsReply: boolean
    supportsVoice: boolean
    maxFileBytes: number
  }
}

interface ChatRow {
  channel_id: ChannelId
  client_id: string | null
  last_message_at: Date | null
  source_external_id: string | null
  participant_id: ParticipantId
  participant_client_id: string | null
  name: string
  phone: string | null
  email: string | null
  hook_api_version: HookVersion
  title: string
  supports_reply: boolean
  supports_voice: boolean
  max_file_size: number
  is_connected: boolean
}

/**
 * Locks the chat's counters first, as everybody does: that is also what keeps its deliveries in order.
 * @throws {AppError} `not_found`: no such chat in this account; `conflict`: its channel is disconnected
 */
export async function lockChat(tx: Tx, accountId: AccountId, chatId: ChatId): Promise<LockedChat> {
  const { rows } = await sql<ChatRow>`
    select c.channel_id, c.client_id, s.last_message_at, c.source_external_id, p.id as participant_id, p.client_id as participant_client_id,
      p.name, p.phone, p.email, cn.hook_api_version, coalesce(cn.title, ch.name) as title,
      ch.supports_reply, ch.supports_voice, ch.max_file_size,
      cn.channel_id is not null and cn.disconnected_at is null and ch.disabled_at is null as is_connected
    from chat_state s
    join chat c on c.account_id = s.account_id and c.id = s.chat_id
    join participant p on p.account_id = s.account_id and p.id = c.participant_id
    join channel ch on ch.id = c.channel_id
    left join connection cn on cn.account_id = s.account_id and cn.channel_id = c.channel_id
    where s.account_id = ${accountId} and s.chat_id = ${chatId}::uuid
    for update of s`.execute(tx)
  const [chat] = rows
  if (!chat) throw new AppError('not_found', 'There is no such chat in this account.')
  if (!chat.is_connected) {
    throw new AppError(
      'conflict',
      `${chat.title} is disconnected from this account. Connect it again to answer in this chat.`,
    )
  }
  const source = await effectiveSource(tx, { accountId, channelId: chat.channel_id }, chat.source_external_id)
  return toLockedChat(accountId, chatId, { ...chat, source_external_id: source })
}

function toLockedChat(accountId: AccountId, id: ChatId, row: ChatRow): LockedChat {
  return {
    accountId,
    id,
    clientId: row.client_id,
    lastMessageAt: row.last_message_at,
    sourceExternalId: row.source_external_id,
    receiver: {
      id: row.participant_id,
      clientId: row.participant_client_id,
      name: row.name,
      phone: row.phone,
      email: row.email,
    },
    channel: {
      id: row.channel_id,
      title: row.title,
      hookVersion: row.hook_api_version,
      supportsReply: row.supports_reply,
      supportsVoice: row.supports_voice,
      maxFileBytes: row.max_file_size,
    },
  }
}
