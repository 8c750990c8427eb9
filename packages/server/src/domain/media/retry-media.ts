import type { AccountId, ChatId, MessageId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import type { MediaSlot } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import type { MessageContent } from '../messages/message-content.ts'
import { putWaiting } from './put-copy.ts'
import { lockMessage, writeContent } from './settle-fetch.ts'

/**
 * "Try again": what could not be copied, or waits for its next try, is due now. What is being copied at this moment goes on.
 * @throws {AppError} `not_found`: no such message in the chat; `conflict`: nothing of it is left to copy
 */
export async function retryMedia(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge' | 'nudgeMedia'>,
  { accountId, chatId, messageId }: { accountId: AccountId; chatId: ChatId; messageId: MessageId },
): Promise<void> {
  const hasChanged = await deps.db.transaction().execute(async (tx) => {
    const message = await lockMessage(tx, accountId, messageId)
    if (message?.chatId !== chatId) throw new AppError('not_found', 'There is no such message in this chat.')
    const slots = await makeDue(tx, { accountId, messageId, now: deps.clock.now() })
    if (slots.length === 0 && !(await isUnderWay(tx, accountId, messageId))) {
      throw new AppError('conflict', 'Nothing of this message is left to copy.')
    }
    const waiting = slots.reduce<MessageContent>(
      (content, slot) => putWaiting(content, slot) ?? content,
      message.content,
    )
    return slots.length > 0 && writeContent(tx, { accountId, ownerId: messageId }, message, waiting)
  })
  if (hasChanged) deps.nudge(accountId)
  deps.nudgeMedia()
}

async function makeDue(
  tx: Tx,
  { accountId, messageId, now }: { accountId: AccountId; messageId: MessageId; now: Date },
): Promise<MediaSlot[]> {
  const rows = await tx
    .updateTable('media_fetch')
    .set({ due_at: now, attempts: 0, leased_until: null, failure: null })
    .where('account_id', '=', accountId)
    .where('owner_id', '=', messageId)
    .where((eb) => eb.or([eb('due_at', 'is', null), eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
    .returning('slot')
    .execute()
  return rows.map(({ slot }) => slot)
}

async function isUnderWay(tx: Tx, accountId: AccountId, messageId: MessageId): Promise<boolean> {
  const row = await tx
    .selectFrom('media_fetch')
    .select('id')
    .where('account_id', '=', accountId)
    .where('owner_id', '=', messageId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
