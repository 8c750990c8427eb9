import { AppError } from '../../lib/app-error.ts'
import { type DeliveryRef, findDelivery } from './delivery-queries.ts'
import { type SendAgainDeps, sendAgain } from './send-again.ts'

/**
 * Sends a delivery again, whatever came of it: the same body and id, behind what waits in its chat, with all its tries.
 * One that still waits is due now instead. A message given up is `queued` again; delivered, read and sent ones stay.
 * @param ref `accountId`: refuse a delivery of any other account
 * @throws {AppError} `not_found`
 */
export async function replayDelivery(deps: SendAgainDeps, ref: DeliveryRef): Promise<void> {
  const delivery = await findDelivery(deps.db, ref)
  if (!delivery) throw new AppError('not_found', 'There is no such delivery.')
  await sendAgain(deps, delivery, () => undefined)
}
