import type { AmojoId, ParticipantId, UserId } from '@parley/protocol/model'
import { isUuid } from '../../lib/page-key.ts'
import type { Scope } from '../channels/channel-registry.ts'
import type { Deps } from '../deps.ts'

/** Whom a platform's id names, as seen through one connection. */
export type Author =
  | { kind: 'user'; id: AmojoId; userId: UserId; name: string }
  | { kind: 'bot'; id: string; name: string }
  | { kind: 'client'; id: ParticipantId; clientId: string | null; name: string }

/** Undefined when the id names nobody there. */
export async function findAuthor({ db }: Pick<Deps, 'db'>, scope: Scope, refId: string): Promise<Author | undefined> {
  if (!isUuid(refId)) return undefined
  const id = refId.toLowerCase()
  if (id === scope.channel.bot.id) return { kind: 'bot', id, name: scope.channel.bot.name }
  const user = await db
    .selectFrom('account_user')
    .select(['id', 'amojo_id', 'name'])
    .where('account_id', '=', scope.accountId)
    .where('amojo_id', '=', id as AmojoId)
    .executeTakeFirst()
  if (user) return { kind: 'user', id: user.amojo_id, userId: user.id, name: user.name }
  const participant = await db
    .selectFrom('participant')
    .select(['id', 'client_id', 'name'])
    .where('account_id', '=', scope.accountId)
    .where('id', '=', id as ParticipantId)
    .where('channel_id', '=', scope.channelId)
    .executeTakeFirst()
  if (!participant) return undefined
  return { kind: 'client', id: participant.id, clientId: participant.client_id, name: participant.name }
}
