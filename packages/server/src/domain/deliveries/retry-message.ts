import type { AccountId, ChatId, MessageId } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import { type SendAgainDeps, sendAgain } from './send-again.ts'

/**
 * "Try again" (given up: waits again, due now) and "try now" (waits for its next try: due now).
 * @throws {AppError} `not_found`: no such message, or it never had a hook; `conflict`: the channel already took it
 */
export async function retryMessage(
  deps: SendAgainDeps,
  { accountId, chatId, messageId }: { accountId: AccountId; chatId: ChatId; messageId: MessageId },
): Promise<void> {
  const delivery = await deps.db
    .selectFrom('delivery')
    .select('id')
    .where('account_id', '=', accountId)
    .where('message_id', '=', messageId)
    .where('chat_id', '=', chatId)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!delivery) throw new AppError('not_found', 'There is no such message on its way out.')
  await sendAgain(deps, { accountId, chatId, id: delivery.id }, (state) => {
    if (state === 'delivered') throw new AppError('conflict', 'The channel has already taken this message.')
  })
}
