import { isDeepStrictEqual } from 'node:util'
import type { AccountId, ChatId, MessageId } from '@parley/protocol/model'
import type { Selectable } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { Schema } from '../../db/schema.ts'
import { isUniqueViolation } from '../../db/statement.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { isUuid } from '../../lib/page-key.ts'
import type { Scope } from '../channels/channel-registry.ts'
import type { Known } from '../chats/bind-ids.ts'
import type { Deps } from '../deps.ts'
import type { StoredMessage } from './inbound-message.ts'
import { type EditedSaying, type MergedSaying, mergeEdit } from './merge-edit.ts'
import type { MessageContent } from './message-content.ts'
import { applyReport, type DeliveryReport } from './set-delivery-status.ts'

/** A change of a message as a channel tells of it. */
export interface MessageEdit {
  /** Our id of the message. */
  id: string | undefined
  /** The integration's; beside ours it becomes the integration's. */
  msgid: string | undefined
  /** Where `msgid` is looked for. */
  chat: Known<ChatId> | undefined
  /** What it says now; undefined: what it said. */
  said: EditedSaying | undefined
  report: DeliveryReport | undefined
}

type EditDeps = Pick<Deps, 'db' | 'clock' | 'nudge'> & {
  /** Writes down what is to be copied instead of what was, in the transaction. */
  relink: (tx: Tx, scope: Scope, messageId: MessageId, change: Pick<MergedSaying, 'links' | 'dropped'>) => Promise<void>
}

type Row = Pick<
  Selectable<Schema['message']>,
  'id' | 'chat_id' | 'msgid' | 'author_id' | 'receiver_id' | 'direction' | 'status' | 'failure' | 'kind' | 'body'
> & { content: MessageContent | null }

/**
 * Changes a message of the connection; what it said before is kept. The same edit again changes nothing. Makes no lead and no hook.
 * @throws {AppError} `ORIGIN_MESSAGE_NOT_FOUND`; `ORIGIN_INVALID_PAYLOAD` where the edit does not fit the message
 */
export async function editMessage(deps: EditDeps, scope: Scope, edit: MessageEdit): Promise<StoredMessage> {
  const work = deps.db.transaction().execute((tx) => editLocked(deps, tx, scope, edit))
  const { stored, isNews } = await work.catch((error: unknown) => {
    if (isUniqueViolation(error)) throw msgidTaken()
    throw error
  })
  if (isNews) deps.nudge(scope.accountId)
  return stored
}

async function editLocked(deps: EditDeps, tx: Tx, scope: Scope, edit: MessageEdit) {
  const message = await lockMessage(tx, scope, edit)
  const msgid = await giveMsgid(tx, scope.accountId, message, edit)
  const isEdited = edit.said !== undefined && (await rewrite(deps, tx, scope, { message, said: edit.said }))
  const about: NewEvent = { type: 'message.edited', chatId: message.chat_id, messageId: message.id }
  const events = [
    ...(isEdited ? [about] : []),
    ...(edit.report ? await applyReport(tx, scope.accountId, message, edit.report) : []),
  ]
  await appendEvents(tx, scope.accountId, events)
  const stored: StoredMessage = {
    chatId: message.chat_id,
    senderId: message.author_id,
    receiverId: message.receiver_id,
    messageId: message.id,
    msgid: msgid ?? '',
  }
  return { stored, isNews: events.length > 0 }
}

async function lockMessage(tx: Tx, { accountId, channelId }: Scope, { id, msgid, chat }: MessageEdit): Promise<Row> {
  const messages = tx
    .selectFrom('message as m')
    .innerJoin('chat as c', (join) => join.onRef('c.account_id', '=', 'm.account_id').onRef('c.id', '=', 'm.chat_id'))
    .select(['m.id', 'm.chat_id', 'm.msgid', 'm.author_id', 'm.receiver_id', 'm.direction', 'm.status', 'm.failure'])
    .select(['m.kind', 'm.body', 'm.content'])
    .where('m.account_id', '=', accountId)
    .where('c.account_id', '=', accountId)
    .where('c.channel_id', '=', channelId)
    .forUpdate('m')
  const byOurs =
    id !== undefined && isUuid(id)
      ? await messages.where('m.id', '=', id.toLowerCase() as MessageId).executeTakeFirst()
      : undefined
  const inChat =
    chat &&
    (chat.clientId === null ? messages.where('c.id', '=', chat.id) : messages.where('c.client_id', '=', chat.clientId))
  const byTheirs = async () =>
    inChat && msgid !== undefined ? inChat.where('m.msgid', '=', msgid).executeTakeFirst() : undefined
  const message = byOurs ?? (await byTheirs())
  if (!message) {
    const path = id === undefined ? 'payload.msgid' : 'payload.id'
    throw new AppError('ORIGIN_MESSAGE_NOT_FOUND', `${path}: this connection has no such message`)
  }
  return { ...message, content: message.content as MessageContent | null }
}

/** With both ids `msgid` becomes the integration's id of the message. Answers its id then. */
async function giveMsgid(tx: Tx, accountId: AccountId, message: Row, { msgid }: MessageEdit): Promise<string | null> {
  if (msgid === undefined || msgid === message.msgid) return message.msgid
  const other = await tx
    .selectFrom('message')
    .select('id')
    .where('account_id', '=', accountId)
    .where('chat_id', '=', message.chat_id)
    .where('msgid', '=', msgid)
    .executeTakeFirst()
  if (other) throw msgidTaken()
  await tx
    .updateTable('message')
    .set({ msgid })
    .where('account_id', '=', accountId)
    .where('id', '=', message.id)
    .execute()
  return msgid
}

const msgidTaken = () =>
  new AppError(
    'ORIGIN_INVALID_PAYLOAD',
    'payload.msgid: another message of this chat has it; payload.id names this one',
  )

/** Answers false when it says that already. */
async function rewrite(
  { clock, relink }: EditDeps,
  tx: Tx,
  scope: Scope,
  { message, said }: { message: Row; said: EditedSaying },
): Promise<boolean> {
  const { accountId } = scope
  const before = { kind: message.kind, text: message.body, content: message.content ?? {} }
  if (before.content.post)
    throw new AppError('ORIGIN_INVALID_PAYLOAD', 'payload.id: names a comment; comments cannot be edited')
  const { links, dropped, ...after } = mergeEdit(before, said)
  if (isDeepStrictEqual(before, after)) return false
  const now = clock.now()
  await keepVersion(tx, accountId, message, now)
  const hasContent = Object.keys(after.content).length > 0
  await tx
    .updateTable('message')
    .set({
      kind: after.kind,
      body: after.text,
      content: hasContent ? JSON.stringify(after.content) : null,
      edited_at: now,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', message.id)
    .execute()
  await relink(tx, scope, message.id, { links, dropped })
  return true
}

/** The message is locked, so versions are counted one by one. */
async function keepVersion(tx: Tx, accountId: AccountId, message: Row, now: Date): Promise<void> {
  const { count } = await tx
    .selectFrom('message_edit')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('message_id', '=', message.id)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('message_edit')
    .values({
      account_id: accountId,
      message_id: message.id,
      version: Number(count) + 1,
      kind: message.kind,
      body: message.body,
      content: message.content && JSON.stringify(message.content),
      replaced_at: now,
    })
    .execute()
}
