import type { ChatId, UserId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Audience, covers, ownersFor, type Viewer } from '../users/viewer.ts'

const selectOwner = statementsOf('chats')(
  'owner',
  `select l.responsible_user_id from chat c
   left join chat_state s on s.account_id = c.account_id and s.chat_id = c.id
   left join lead l on l.account_id = c.account_id and l.id = s.lead_id and l.deleted_at is null
   where c.account_id = $1 and c.id = $2`,
)

/**
 * The way in to a chat, its messages and its notes: who may see the lead may read and answer. A chat without a lead is nobody's.
 * Answers the id, now known to be the viewer's to use.
 * @throws {AppError} `not_found`: no such chat in this account, or not for this viewer; the two look alike
 */
export async function accessChat(pool: Runner, viewer: Viewer, chatId: ChatId): Promise<ChatId> {
  await accessChatOfOwner(pool, viewer, chatId)
  return chatId
}

/** The same; answers who may see it, for what is told to them. */
export async function accessChatOfOwner(pool: Runner, viewer: Viewer, chatId: ChatId): Promise<Audience> {
  const rows = await run<{ responsible_user_id: UserId | null }>(pool, selectOwner, [viewer.account.id, chatId])
  const [row] = rows
  if (row && covers(ownersFor(viewer, 'leads'), row.responsible_user_id))
    return { area: 'leads', ownerId: row.responsible_user_id }
  throw new AppError('not_found', 'There is no such chat in this account.')
}
