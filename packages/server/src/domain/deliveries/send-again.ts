import type { AccountId, ChatId, DeliveryId, MessageId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import type { DeliveryState } from '../../db/schema.ts'
import { appendEvents } from '../../events/append-events.ts'
import type { Deps } from '../deps.ts'

export interface SendAgainDeps extends Pick<Deps, 'db' | 'clock' | 'nudge' | 'nudgeDeliveries'> {
  /** Writes down who wants it, in the (first) transaction of the change. */
  note?: (tx: Tx) => Promise<void>
}

interface Target {
  accountId: AccountId
  chatId: ChatId
  id: DeliveryId
}

/**
 * Makes a delivery due now: one that was settled waits again, behind what waits in its chat.
 * @param check is given the delivery's state, which holds until the commit; it throws to refuse
 */
export async function sendAgain(
  deps: SendAgainDeps,
  target: Target,
  check: (state: DeliveryState) => void,
): Promise<void> {
  const hasChanged = await deps.db.transaction().execute(async (tx) => {
    // The lane first: whoever settles this delivery holds it, so the state read next is not about to change.
    const lane = await lockLane(tx, target)
    const delivery = await readState(tx, target)
    check(delivery.state)
    const now = deps.clock.now()
    if (delivery.state !== 'waiting') await queueAgain(tx, target, lane.last_turn + 1)
    await setDue(tx, target, { now, added: delivery.state === 'waiting' ? 0 : 1 })
    if (delivery.message_id === null) return false
    const changed = await showAsQueued(tx, target.accountId, delivery.message_id, delivery.state)
    if (changed) {
      const { chatId } = target
      await appendEvents(tx, target.accountId, [
        { type: 'message.status_changed', chatId, messageId: delivery.message_id },
      ])
    }
    return changed
  })
  if (hasChanged) deps.nudge(target.accountId)
  deps.nudgeDeliveries()
}

const lockLane = (tx: Tx, { accountId, chatId }: Target) =>
  tx
    .selectFrom('delivery_lane')
    .select('last_turn')
    .where('account_id', '=', accountId)
    .where('chat_id', '=', chatId)
    .forUpdate()
    .executeTakeFirstOrThrow()

const readState = (tx: Tx, { accountId, id }: Target) =>
  tx
    .selectFrom('delivery')
    .select(['state', 'message_id'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

const queueAgain = (tx: Tx, { accountId, id }: Target, turn: number) =>
  tx
    .updateTable('delivery')
    .set({ state: 'waiting', turn, last_error: null, settled_at: null, given_up_at: null })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()

const setDue = (tx: Tx, { accountId, chatId }: Target, { now, added }: { now: Date; added: 0 | 1 }) =>
  tx
    .updateTable('delivery_lane')
    .set((eb) => ({
      last_turn: eb('last_turn', '+', added),
      due_at: eb.fn<Date>('least', ['due_at', eb.val(now)]),
    }))
    .where('account_id', '=', accountId)
    .where('chat_id', '=', chatId)
    .execute()

/** Answers whether the message looks different now. That it was delivered or read stands; that it failed is to be seen again. */
async function showAsQueued(tx: Tx, accountId: AccountId, messageId: MessageId, was: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('message')
    .set({ status: 'queued', failure: null, next_try_at: null })
    .where('account_id', '=', accountId)
    .where('id', '=', messageId)
    .where('status', '=', was === 'waiting' ? 'queued' : 'failed')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
