import type { AccountId, AmojoId, ChannelId, ChatId, DraftKind, Me, RealtimeTyping } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import type { Scope } from '../channels/channel-registry.ts'
import type { Deps } from '../deps.ts'
import type { Audience } from '../users/viewer.ts'

/** A press of a key is taken for so much typing. */
const USER_TYPING_MS = 5000
const SHORTEST_MS = 1000
const LONGEST_MS = 30_000

type TypingDeps = Pick<Deps, 'db' | 'clock' | 'whisper'>

/**
 * Shows to whoever looks that a client is typing. Nothing is kept. Somebody who has not written yet (chats may have many members)
 * goes by their id.
 * @param typing the integration's ids; `durationMs` is kept within sensible bounds
 * @throws {AppError} `ORIGIN_CHAT_NOT_FOUND`
 */
export async function showClientTyping(
  { db, clock, whisper }: TypingDeps,
  scope: Scope,
  typing: { chatClientId: string; clientId: string; durationMs: number | undefined },
): Promise<void> {
  const chat = await db
    .selectFrom('chat as c')
    .leftJoin('participant as p', (join) =>
      join
        .onRef('p.account_id', '=', 'c.account_id')
        .onRef('p.channel_id', '=', 'c.channel_id')
        .on('p.client_id', '=', typing.clientId),
    )
    .leftJoin('chat_state as s', (join) =>
      join.onRef('s.account_id', '=', 'c.account_id').onRef('s.chat_id', '=', 'c.id'),
    )
    .leftJoin('lead as l', (join) =>
      join.onRef('l.account_id', '=', 'c.account_id').onRef('l.id', '=', 's.lead_id').on('l.deleted_at', 'is', null),
    )
    .where('c.account_id', '=', scope.accountId)
    .where('c.channel_id', '=', scope.channelId)
    .where('c.client_id', '=', typing.chatClientId)
    .select(['c.id', 'p.id as participant_id', 'p.name', 'l.responsible_user_id'])
    .executeTakeFirst()
  if (!chat)
    throw new AppError('ORIGIN_CHAT_NOT_FOUND', 'conversation_id: this connection has no chat with this id yet')
  const durationMs = Math.min(Math.max(typing.durationMs ?? USER_TYPING_MS, SHORTEST_MS), LONGEST_MS)
  const author = authorOf(scope, typing.clientId, chat)
  const until = clock.now().getTime() + durationMs
  const audience: Audience = { area: 'leads', ownerId: chat.responsible_user_id }
  whisper(scope.accountId, { audience, frame: { type: 'typing', chatId: chat.id, author, until } })
}

function authorOf(
  { channel: { bot } }: Scope,
  clientId: string,
  known: { participant_id: string | null; name: string | null },
): RealtimeTyping['author'] {
  if (known.participant_id !== null) return { id: known.participant_id, kind: 'client', name: known.name ?? clientId }
  if (clientId === bot.clientId || clientId === bot.id) return { id: bot.id, kind: 'bot', name: bot.name }
  return { id: clientId, kind: 'client', name: clientId }
}

/** What a channel that asked for it is told of a manager who is typing; who knows the wire makes the bytes of it. */
export interface OutgoingTyping {
  account: AmojoId
  channelId: ChannelId
  endpoint: { webhookUrlV1: string | null; webhookUrlV2: string | null; secretSealed: Buffer; isSimulated: boolean }
  user: { id: AmojoId }
  chat: { id: ChatId; clientId: string | null }
  /** Of the comment that is being answered. */
  postId: string | undefined
  startedAt: Date
  expiresAt: Date
}

/** Sends it once and tells nobody how that went; may leave it out. */
export type SendTyping = (typing: OutgoingTyping) => void

/** What a user does at the keys. */
export interface UserTyping {
  chatId: ChatId
  /** Who may see the chat. */
  audience: Audience
  writing: DraftKind
  /** False: no longer. */
  isTyping: boolean
  /** The post under which a comment is being answered. */
  postId: string | undefined
}

/**
 * Shows to the others that a user is typing, or has stopped. Of a reply the channel is told, too, where it wants to know; a note is
 * no concern of its.
 * @throws {AppError} `not_found`: no such chat in the user's account
 */
export async function showUserTyping(
  deps: TypingDeps & { sendTyping: SendTyping },
  me: Me,
  { chatId, audience, writing, isTyping, postId }: UserTyping,
): Promise<void> {
  const startedAt = deps.clock.now()
  const expiresAt = new Date(startedAt.getTime() + USER_TYPING_MS)
  const author = { id: me.user.amojoId, kind: 'user' as const, name: me.user.name }
  const until = isTyping ? expiresAt.getTime() : 0
  deps.whisper(me.account.id, { audience, frame: { type: 'typing', chatId, author, writing, until } })
  if (writing === 'reply' && isTyping) await tellChannel(deps, me, { chatId, postId, startedAt, expiresAt })
}

async function tellChannel(
  deps: TypingDeps & { sendTyping: SendTyping },
  me: Me,
  { chatId, ...typing }: Pick<OutgoingTyping, 'postId' | 'startedAt' | 'expiresAt'> & { chatId: ChatId },
): Promise<void> {
  const chat = await findChat(deps, me.account.id, chatId)
  const wantsToKnow = chat.webhook_events.includes('typing') && chat.hook_api_version === 'v2' && chat.is_reachable
  if (!wantsToKnow) return
  deps.sendTyping({
    account: me.account.amojoId,
    channelId: chat.channel_id,
    endpoint: {
      webhookUrlV1: chat.webhook_url_v1,
      webhookUrlV2: chat.webhook_url_v2,
      secretSealed: chat.secret_sealed,
      isSimulated: Boolean(chat.is_simulated),
    },
    user: { id: me.user.amojoId },
    chat: { id: chatId, clientId: chat.client_id },
    ...typing,
  })
}

async function findChat({ db, clock }: Pick<Deps, 'db' | 'clock'>, accountId: AccountId, chatId: ChatId) {
  const chat = await db
    .selectFrom('chat as c')
    .innerJoin('channel as ch', 'ch.id', 'c.channel_id')
    .leftJoin('channel_health as h', 'h.channel_id', 'ch.id')
    .leftJoin('connection as cn', (join) =>
      join.onRef('cn.account_id', '=', 'c.account_id').onRef('cn.channel_id', '=', 'c.channel_id'),
    )
    .where('c.account_id', '=', accountId)
    .where('c.id', '=', chatId)
    .select(['c.client_id', 'c.channel_id', 'cn.hook_api_version'])
    // As hooks are signed (deliveries/statements): by the secret the channel knows for sure.
    .select((eb) =>
      eb
        .case()
        .when(eb.and([eb('ch.previous_secret_until', '>', clock.now()), eb('ch.secret_used', '=', false)]))
        .then(eb.ref('ch.previous_secret_sealed').$notNull())
        .else(eb.ref('ch.secret_sealed'))
        .end()
        .as('secret_sealed'),
    )
    .select(['ch.webhook_url_v1', 'ch.webhook_url_v2', 'ch.webhook_events'])
    .select((eb) =>
      eb
        .and([eb('ch.simulated_until', '>', clock.now()), eb('ch.owner_account_id', '=', eb.ref('c.account_id'))])
        .as('is_simulated'),
    )
    .select((eb) =>
      eb
        .and([
          eb('cn.channel_id', 'is not', null),
          eb('cn.disconnected_at', 'is', null),
          eb('ch.disabled_at', 'is', null),
          eb('h.switched_off_at', 'is', null),
        ])
        .as('is_reachable'),
    )
    .executeTakeFirst()
  if (!chat) throw new AppError('not_found', 'There is no such chat in this account.')
  return chat
}
