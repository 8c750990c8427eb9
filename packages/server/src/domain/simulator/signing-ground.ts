import type { AccountId, AmojoId, ChannelId } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import { scopeIdOf } from '../channels/channel-registry.ts'
import { amojoIdOf } from '../channels/own-channels.ts'
import type { Deps } from '../deps.ts'

/** What is needed to sign in a channel's place, in the account that registered it. */
export interface SigningGround {
  channelId: ChannelId
  amojoId: AmojoId
  scopeId: string
  secret: string
}

/**
 * For the account's own channels alone. While a rotation is under way it is the secret the channel still uses: were its next one
 * used here first, hooks would be signed with what the channel does not know yet.
 * @throws {AppError} `not_found`
 */
export async function getSigningGround(
  { db, clock, secretBox }: Pick<Deps, 'db' | 'clock' | 'secretBox'>,
  accountId: AccountId,
  channelId: ChannelId,
): Promise<SigningGround> {
  const row = await db
    .selectFrom('channel')
    .select(['secret_sealed', 'previous_secret_sealed', 'previous_secret_until', 'secret_used'])
    .where('owner_account_id', '=', accountId)
    .where('id', '=', channelId)
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such channel in this account.')
  const isOldInUse = !row.secret_used && row.previous_secret_until !== null && row.previous_secret_until > clock.now()
  const sealed = isOldInUse ? (row.previous_secret_sealed ?? row.secret_sealed) : row.secret_sealed
  const amojoId = await amojoIdOf(db, accountId)
  return { channelId, amojoId, scopeId: scopeIdOf(channelId, amojoId), secret: secretBox.open(sealed) }
}
