import type { AccountId, MessageId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import type { MediaSlot } from '../../db/schema.ts'
import { runnerOf } from '../../db/statement.ts'
import type { Deps } from '../deps.ts'
import { enqueueFetches } from './enqueue-fetches.ts'

interface Change {
  /** What is to be copied now. */
  links: readonly { slot: MediaSlot; url: string }[]
  /** What need not be copied any more. */
  dropped: readonly MediaSlot[]
}

/**
 * What a locked message links to is another thing from now on. After the commit the caller must call `deps.nudgeMedia()`.
 * Locks: rows of media_fetch.
 */
export const relinkMessage =
  ({ clock }: Pick<Deps, 'clock'>) =>
  async (
    tx: Tx,
    { accountId, channel }: { accountId: AccountId; channel: { maxFileBytes: number } },
    messageId: MessageId,
    { links, dropped }: Change,
  ): Promise<void> => {
    if (dropped.length > 0) {
      await tx
        .deleteFrom('media_fetch')
        .where('account_id', '=', accountId)
        .where('owner_id', '=', messageId)
        .where('slot', 'in', dropped)
        .execute()
    }
    const fetches = links.map((link) => ({
      ...link,
      accountId,
      ownerKind: 'message' as const,
      ownerId: messageId,
      maxBytes: channel.maxFileBytes,
      dueAtMs: clock.now().getTime(),
    }))
    await enqueueFetches(runnerOf(tx), fetches)
  }
