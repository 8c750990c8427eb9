import type { ChatId, ParticipantId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { isUniqueViolation } from '../../db/statement.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { isUuid } from '../../lib/page-key.ts'
import type { Scope } from '../channels/channel-registry.ts'
import type { Deps } from '../deps.ts'

/** A chat or somebody by the integration's id, or by ours while it has none of the integration's. */
export type Known<OurId> = { clientId: string } | { clientId: null; id: OurId }

/** Ids as an integration gives them: its own, ours (`ref`), or both. */
export interface GivenIds {
  chat: { clientId: string | undefined; ref: string | undefined }
  client: { clientId: string | undefined; ref: string | undefined }
  /** Where the client stands in the request, for refusals. */
  clientPath: string
}

export interface FoundIds {
  /** Undefined: no `ref` was given, or (a client's) it names nobody. */
  chat: Known<ChatId> | undefined
  client: Known<ParticipantId> | undefined
}

interface Row<OurId> {
  id: OurId
  client_id: string | null
}

interface ChatRow extends Row<ChatId> {
  participant_id: ParticipantId
}

/**
 * Finds a chat and its client by our ids. What was begun here ("write first") and has no id of the integration's yet gets the
 * one that is given along, for good (spec 01 §3.4.6). The same ids again change nothing. What has its id already keeps it: public
 * clients send a new random one beside our id with every message, and our id is what they mean.
 * @throws {AppError} `ORIGIN_CHAT_NOT_FOUND`: the connection has no such chat; `ORIGIN_INVALID_PAYLOAD`: two ids that belong to
 *   different chats, or to different people
 */
export async function bindIds(
  deps: Pick<Deps, 'db' | 'nudge'>,
  scope: Pick<Scope, 'accountId' | 'channelId'>,
  given: GivenIds,
): Promise<FoundIds> {
  const chat = await findChat(deps.db, scope, given)
  const client = await findClient(deps.db, scope, given, chat)
  const needsChat = isUnbound(chat, given.chat.clientId)
  const needsClient = isUnbound(client, given.client.clientId)
  if (!needsChat && !needsClient) return { chat: chat && toKnown(chat), client: client && toKnown(client) }
  const bind: Binding = {
    ...(needsClient && client && { client: { id: client.id, clientId: given.client.clientId ?? '' } }),
    ...(needsChat && chat && { chat: { id: chat.id, clientId: given.chat.clientId ?? '' } }),
    chatId: chat?.id,
  }
  await writeIds(deps, scope, bind).catch((error: unknown) => {
    // Somebody was faster: the next look shows with what.
    if (!isUniqueViolation(error)) throw error
  })
  return bindIds(deps, scope, given)
}

const isUnbound = (row: Row<unknown> | undefined, clientId: string | undefined) =>
  row?.client_id === null && clientId !== undefined

const toKnown = <OurId>(row: Row<OurId>): Known<OurId> =>
  row.client_id === null ? { clientId: null, id: row.id } : { clientId: row.client_id }

async function findChat(
  db: Db,
  scope: Pick<Scope, 'accountId' | 'channelId'>,
  { chat: { ref, clientId } }: GivenIds,
): Promise<ChatRow | undefined> {
  if (ref === undefined) return undefined
  const chats = db
    .selectFrom('chat')
    .select(['id', 'client_id', 'participant_id'])
    .where('account_id', '=', scope.accountId)
    .where('channel_id', '=', scope.channelId)
  const chat = isUuid(ref) ? await chats.where('id', '=', ref.toLowerCase() as ChatId).executeTakeFirst() : undefined
  if (!chat) {
    throw new AppError(
      'ORIGIN_CHAT_NOT_FOUND',
      'payload.conversation_ref_id: this connection has no chat with this id; it is the conversation.id of a hook',
    )
  }
  if (clientId === undefined || chat.client_id === clientId) return chat
  const theirs = await chats.where('client_id', '=', clientId).executeTakeFirst()
  if (!theirs || theirs.id === chat.id) return theirs ?? chat
  throw invalid('payload.conversation_ref_id: and payload.conversation_id belong to different chats')
}

async function findClient(
  db: Db,
  scope: Pick<Scope, 'accountId' | 'channelId'>,
  { client: { ref, clientId }, clientPath }: GivenIds,
  chat: ChatRow | undefined,
): Promise<Row<ParticipantId> | undefined> {
  const people = db
    .selectFrom('participant')
    .select(['id', 'client_id'])
    .where('account_id', '=', scope.accountId)
    .where('channel_id', '=', scope.channelId)
  const byId = (id: string) => people.where('id', '=', id as ParticipantId).executeTakeFirst()
  const byClientId = (id: string) => people.where('client_id', '=', id).executeTakeFirst()
  const named = ref !== undefined && isUuid(ref) ? await byId(ref.toLowerCase()) : undefined
  if (named) {
    if (clientId === undefined || named.client_id === clientId) return named
    const theirs = await byClientId(clientId)
    if (!theirs || theirs.id === named.id) return theirs ?? named
    throw invalid(`payload.${clientPath}.ref_id: and payload.${clientPath}.id belong to different people`)
  }
  // Who answers in a chat that was begun here with somebody of whom only the phone number was known is that somebody, and
  // so is whoever was written to in a chat that our id names.
  if (!chat || clientId === undefined || (await byClientId(clientId))) return undefined
  const owner = await byId(chat.participant_id)
  return owner?.client_id === null || clientPath === 'receiver' ? owner : undefined
}

interface Binding {
  chat?: { id: ChatId; clientId: string }
  client?: { id: ParticipantId; clientId: string }
  /** The chat all this is about, for the screens. */
  chatId: ChatId | undefined
}

/** Only where there is none yet. */
async function writeIds(
  { db, nudge }: Pick<Deps, 'db' | 'nudge'>,
  { accountId }: Pick<Scope, 'accountId'>,
  { chat, client, chatId }: Binding,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (client) {
      await tx
        .updateTable('participant')
        .set({ client_id: client.clientId })
        .where('account_id', '=', accountId)
        .where('id', '=', client.id)
        .where('client_id', 'is', null)
        .execute()
    }
    if (chat) {
      await tx
        .updateTable('chat')
        .set({ client_id: chat.clientId })
        .where('account_id', '=', accountId)
        .where('id', '=', chat.id)
        .where('client_id', 'is', null)
        .execute()
    }
    if (chatId !== undefined) await appendEvents(tx, accountId, [{ type: 'chat.updated', chatId }])
  })
  nudge(accountId)
}

const invalid = (description: string) => new AppError('ORIGIN_INVALID_PAYLOAD', description)
