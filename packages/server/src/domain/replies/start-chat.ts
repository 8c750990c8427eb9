import type { Chat, ChatId, ContactId, Message, MessageId, StartChatRequest } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { runnerOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { accessChat } from '../chats/access-chat.ts'
import { getChat } from '../chats/chat-queries.ts'
import { accessContact, editableContacts } from '../contacts/access-contact.ts'
import type { Viewer } from '../users/viewer.ts'
import { findFileOf } from './attach-file.ts'
import { beginChat, type ChosenContact, findBegun, lockLine, noSuchContact } from './begin-chat.ts'
import { readPhone } from './read-phone.ts'
import { findOwn, getOwn, idTaken, nudgeAll, type ReplyDeps, storeReply } from './send-reply.ts'

/**
 * A user writes to somebody who has not written (spec 01 §5.1): a chat that the integration learns of by its first hook.
 * The same number through the same channel and source again goes on in the same chat; the same message id is the same message.
 * @throws {AppError} `not_found`: no such channel in this account; `conflict`: it is disconnected, or nobody can begin a
 *   chat on it, or the id is another message's; `invalid_request` names the field; `forbidden`: the chat would be one that the
 *   user may not see
 */
export async function startChat(
  deps: ReplyDeps,
  me: Viewer,
  request: StartChatRequest,
): Promise<{ chat: Chat; message: Message }> {
  const id = request.message.id.toLowerCase() as MessageId
  const message = (await findOwn(deps, me, id)) ?? (await writeFirst(deps, me, request))
  return { chat: await getChat(deps.hotPool, me.account.id, message.chatId), message }
}

async function writeFirst(deps: ReplyDeps, me: Viewer, request: StartChatRequest): Promise<Message> {
  const accountId = me.account.id
  const phone = readPhone(request.phone)
  const message = await findFileOf(deps, accountId, request.message)
  await deps.db.transaction().execute(async (tx) => {
    const line = await lockLine(tx, accountId, request)
    const known = await findBegun(tx, line, phone)
    const contact = await findContact(tx, me, request.contactId as ContactId | undefined)
    const now = deps.clock.now()
    const chatId = known ?? (await beginChat(tx, line, { ...request, contact, phone, id: deps.newId, now }))
    await mayWrite(tx, me, chatId)
    const isNew = await storeReply(tx, deps, { me, chatId, request: message, hookVersion: 'v2' })
    // What was made for it goes with it.
    if (!isNew && known === undefined) throw idTaken()
  })
  nudgeAll(deps, me)
  return getOwn(deps, me, message.id.toLowerCase() as MessageId)
}

/**
 * The contact that was named, which the user must be able to see; whether he may change it, too.
 * @throws {AppError} `invalid_request`: no such contact for this user
 */
async function findContact(tx: Tx, me: Viewer, given: ContactId | undefined): Promise<ChosenContact | undefined> {
  if (given === undefined) return undefined
  try {
    const id = await accessContact(runnerOf(tx), me, given)
    return { id, mayChange: (await editableContacts(runnerOf(tx), me, [id])).length > 0 }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') throw noSuchContact()
    throw error
  }
}

/** A number that a colleague is talking to already, or that is nobody's, is not everybody's to write to. */
async function mayWrite(tx: Tx, me: Viewer, chatId: ChatId): Promise<void> {
  try {
    await accessChat(runnerOf(tx), me, chatId)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error
    throw new AppError('forbidden', 'Your role does not let you write to this number. An admin can change that.')
  }
}
