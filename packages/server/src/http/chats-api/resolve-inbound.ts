import type { NewMessage } from '@parley/protocol/wire'
import type { Scope } from '../../domain/channels/channel-registry.ts'
import { bindIds, type FoundIds, type GivenIds } from '../../domain/chats/bind-ids.ts'
import { findQuote } from '../../domain/ingest/find-quote.ts'
import type { InboundMessage } from '../../domain/messages/inbound-message.ts'
import type { MessageContent } from '../../domain/messages/message-content.ts'
import { givenIds, unknownClient } from '../../wire/to-inbound.ts'
import { toForwarded, toReplyTo } from '../../wire/to-quote.ts'
import type { ChatsDeps } from './chats-deps.ts'

/**
 * Puts what the request names by our ids, and what it quotes, into a message that was found to be right otherwise.
 * @throws {AppError} `ORIGIN_CHAT_NOT_FOUND`, `ORIGIN_INVALID_PAYLOAD` for ids that do not go together
 */
export async function resolveInbound(
  deps: ChatsDeps,
  scope: Scope,
  payload: NewMessage,
  inbound: InboundMessage,
): Promise<InboundMessage> {
  const given = givenIds(payload)
  const found = await findIds(deps, scope, given)
  if (!found.client && given.client.clientId === undefined) throw unknownClient(payload)
  const chat = found.chat ?? inbound.chat
  const [replyTo, forwarded] = [toReplyTo(payload, chat), toForwarded(payload, chat)]
  const quotes: MessageContent = {}
  const answered = replyTo && (await findQuote(deps, scope, replyTo))
  const passedOn = forwarded && (await findQuote(deps, scope, forwarded))
  if (answered) quotes.replyTo = answered
  if (passedOn) quotes.forwarded = passedOn
  const hasQuotes = answered !== undefined || passedOn !== undefined
  return {
    ...inbound,
    chat,
    client: found.client ? { ...inbound.client, ...found.client } : inbound.client,
    content: hasQuotes ? { ...inbound.content, ...quotes } : inbound.content,
  }
}

const NOTHING: FoundIds = { chat: undefined, client: undefined }

async function findIds(deps: ChatsDeps, scope: Scope, given: GivenIds): Promise<FoundIds> {
  const hasRefs = given.chat.ref !== undefined || given.client.ref !== undefined
  return hasRefs ? bindIds(deps, scope, given) : NOTHING
}
