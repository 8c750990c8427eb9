import type { ChatId, MessageId, ParticipantId } from '@parley/protocol/model'
import { isUuid } from '../../lib/page-key.ts'
import type { Scope } from '../channels/channel-registry.ts'
import type { Known } from '../chats/bind-ids.ts'
import type { Deps } from '../deps.ts'
import { findAuthor } from '../messages/find-author.ts'
import type { StoredQuote } from '../messages/message-content.ts'
import { findOnChannel, toStoredQuote } from '../replies/find-quoted.ts'

/** A message inside another as a channel tells of it. */
export interface GivenQuote {
  /** Our id. */
  id: string | undefined
  /** The integration's. */
  msgid: string | undefined
  /** The chat it is in. */
  chat: Known<ChatId>
  /** Whether our id may be one of another chat. */
  mayBeElsewhere: boolean
  author: { clientId: string | undefined; ref: string | undefined; name: string | undefined }
  /** What to keep of it when no message is found; its author's name is looked for then. */
  otherwise: StoredQuote | undefined
}

/** The message as it is now; else what is told of it; undefined when neither says anything. */
export async function findQuote(
  deps: Pick<Deps, 'db'>,
  scope: Scope,
  given: GivenQuote,
): Promise<StoredQuote | undefined> {
  const id = await findQuotedId(deps, scope, given)
  const found = id && (await findOnChannel(deps.db, scope.accountId, { channelId: scope.channelId, id }))
  if (found) return toStoredQuote(found.quoted)
  return given.otherwise && { ...given.otherwise, author: await findQuotedAuthor(deps, scope, given.author) }
}

async function findQuotedId(
  { db }: Pick<Deps, 'db'>,
  { accountId, channelId }: Scope,
  { id, msgid, chat, mayBeElsewhere }: GivenQuote,
): Promise<MessageId | undefined> {
  const ofChannel = db
    .selectFrom('message as m')
    .innerJoin('chat as c', (join) => join.onRef('c.account_id', '=', 'm.account_id').onRef('c.id', '=', 'm.chat_id'))
    .select('m.id')
    .where('m.account_id', '=', accountId)
    .where('c.account_id', '=', accountId)
    .where('c.channel_id', '=', channelId)
  const inChat =
    chat.clientId === null ? ofChannel.where('c.id', '=', chat.id) : ofChannel.where('c.client_id', '=', chat.clientId)
  if (id !== undefined && isUuid(id)) {
    const messages = mayBeElsewhere ? ofChannel : inChat
    const byOurs = await messages.where('m.id', '=', id.toLowerCase() as MessageId).executeTakeFirst()
    if (byOurs) return byOurs.id
  }
  return msgid === undefined ? undefined : (await inChat.where('m.msgid', '=', msgid).executeTakeFirst())?.id
}

/** Who is named by an id is called by the name known here. */
async function findQuotedAuthor(
  deps: Pick<Deps, 'db'>,
  scope: Scope,
  { clientId, ref, name }: GivenQuote['author'],
): Promise<StoredQuote['author']> {
  const known = ref === undefined ? undefined : await findAuthor(deps, scope, ref)
  if (known) return { id: known.id, clientId: clientOf(known) ?? clientId ?? null, name: known.name }
  const participant = clientId === undefined ? undefined : await findByClientId(deps, scope, clientId)
  if (participant) return { id: participant.id, clientId: clientId ?? null, name: participant.name }
  return { id: null, clientId: clientId ?? null, name: name ?? clientId ?? '' }
}

const clientOf = (author: { kind: string; clientId?: string | null }) => author.clientId ?? null

function findByClientId(
  { db }: Pick<Deps, 'db'>,
  { accountId, channelId }: Scope,
  clientId: string,
): Promise<{ id: ParticipantId; name: string } | undefined> {
  return db
    .selectFrom('participant')
    .select(['id', 'name'])
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
}
