import type { AccountId, ChatId, MessageId } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import { type SendAgainDeps, sendAgain } from './send-again.ts'

/**
 * "Try again" (given up, or the channel said that it could not deliver: waits again, due now) and "try now" (waits for
 * its next try: due now).
 * @throws {AppError} `not_found`: no such message, or it never had a hook; `conflict`: the channel took it and said nothing bad
 */
export async function retryMessage(
  deps: SendAgainDeps,
  { accountId, chatId, messageId }: { accountId: AccountId; chatId: ChatId; messageId: MessageId },
): Promise<void> {
  const delivery = await deps.db
    .selectFrom('delivery as d')
    .innerJoin('message as m', (join) =>
      join.onRef('m.account_id', '=', 'd.account_id').onRef('m.id', '=', 'd.message_id'),
    )
    .select(['d.id', 'm.status'])
    .where('d.account_id', '=', accountId)
    .where('d.message_id', '=', messageId)
    .where('d.chat_id', '=', chatId)
    .orderBy('d.turn', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!delivery) throw new AppError('not_found', 'There is no such message on its way out.')
  await sendAgain(deps, { accountId, chatId, id: delivery.id }, (state) => {
    if (state === 'delivered' && delivery.status !== 'failed')
      throw new AppError('conflict', 'The channel has already taken this message.')
  })
}
