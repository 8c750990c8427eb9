import type { AmojoId, ParticipantId } from '@parley/protocol/model'
import { isUuid } from '../../lib/page-key.ts'
import type { Scope } from '../channels/channel-registry.ts'
import type { Deps } from '../deps.ts'

/** Whom a platform's id names, as seen through one connection. */
export type Author = { kind: 'user' } | { kind: 'bot' } | { kind: 'client'; clientId: string | null }

/** Undefined when the id names nobody there. */
export async function findAuthor({ db }: Pick<Deps, 'db'>, scope: Scope, refId: string): Promise<Author | undefined> {
  if (!isUuid(refId)) return undefined
  if (refId.toLowerCase() === scope.channel.bot.id) return { kind: 'bot' }
  const user = await db
    .selectFrom('account_user')
    .select('id')
    .where('account_id', '=', scope.accountId)
    .where('amojo_id', '=', refId as AmojoId)
    .executeTakeFirst()
  if (user) return { kind: 'user' }
  const participant = await db
    .selectFrom('participant')
    .select('client_id')
    .where('account_id', '=', scope.accountId)
    .where('id', '=', refId as ParticipantId)
    .where('channel_id', '=', scope.channelId)
    .executeTakeFirst()
  return participant && { kind: 'client', clientId: participant.client_id }
}
