import type { AccountId, AmojoId, ChannelId } from '@parley/protocol/model'
import type { LegacySignature } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { scopeIdOf } from './channel-registry.ts'
import { amojoIdOf } from './own-channels.ts'

/** What a request of one's own channel may have been signed with, rightly or by mistake. It stays on the server. */
export interface KnownSecrets {
  channelId: ChannelId
  amojoId: AmojoId
  scopeId: string
  legacy: LegacySignature
  present: string
  others: OtherSecret[]
}

interface OtherSecret {
  text: string
  /** `previous` is taken for a while yet, `expired` is not. */
  role: 'previous' | 'expired' | 'other_channel'
  channelName?: string
}

/** An account has a few channels; of one with hundreds the newest are the likeliest. */
const MOST_CHANNELS = 20

/**
 * For the account's own channels alone.
 * @throws {AppError} `not_found`
 */
export async function getKnownSecrets(
  { db, clock, secretBox }: Pick<Deps, 'db' | 'clock' | 'secretBox'>,
  accountId: AccountId,
  channelId: ChannelId,
): Promise<KnownSecrets> {
  const own = db.selectFrom('channel').where('owner_account_id', '=', accountId)
  const row = await own
    .select(['secret_sealed', 'previous_secret_sealed', 'previous_secret_until', 'legacy_signature'])
    .where('id', '=', channelId)
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such channel in this account.')
  const others = await own
    .select(['name', 'secret_sealed'])
    .where('id', '!=', channelId)
    .orderBy('created_at', 'desc')
    .limit(MOST_CHANNELS)
    .execute()
  const isPreviousGood = row.previous_secret_until !== null && row.previous_secret_until > clock.now()
  const previous = row.previous_secret_sealed && secretBox.open(row.previous_secret_sealed)
  const amojoId = await amojoIdOf(db, accountId)
  return {
    channelId,
    amojoId,
    scopeId: scopeIdOf(channelId, amojoId),
    legacy: row.legacy_signature,
    present: secretBox.open(row.secret_sealed),
    others: [
      ...(previous ? [{ text: previous, role: isPreviousGood ? ('previous' as const) : ('expired' as const) }] : []),
      ...others.map(({ name, secret_sealed }) => ({
        text: secretBox.open(secret_sealed),
        role: 'other_channel' as const,
        channelName: name,
      })),
    ],
  }
}
