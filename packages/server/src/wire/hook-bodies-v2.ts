import type { MessageHookV2 } from '@parley/protocol/wire'
import type { MessageContent, StoredQuote } from '../domain/messages/message-content.ts'
import type { QuotedMessage, Reply } from '../domain/replies/reply.ts'
import { absoluteLink, type FilesOf, linksTo, THUMBNAIL_NAME } from './hook-media.ts'

/** Keys in the order of the vendor's sample; one that is undefined is left out. */
export function messageHookV2(reply: Reply, publicUrl: string): string {
  const { account, madeAt, sender, receiver, chat, message } = reply
  // Names are told where an answer is seen by others, too: under a post (spec 02 A2.4).
  const isPublic = message.content.post !== undefined
  return JSON.stringify({
    account_id: account.amojoId,
    time: inSeconds(madeAt.getTime()),
    message: {
      receiver: {
        id: receiver.id,
        client_id: receiver.clientId ?? undefined,
        name: isPublic ? receiver.name : undefined,
        phone: receiver.phone ?? '',
        email: receiver.email ?? '',
      },
      sender: { id: sender.id, name: isPublic ? sender.name : undefined },
      conversation: { id: chat.id, client_id: chat.clientId ?? undefined },
      source: chat.sourceExternalId === null ? undefined : { external_id: chat.sourceExternalId },
      timestamp: inSeconds(message.sentAt.getTime()),
      msec_timestamp: message.sentAt.getTime(),
      message: messageOf(message, { accountId: account.id, publicUrl }),
    },
  } satisfies MessageHookV2)
}

function messageOf({ id, kind, text, content, replyTo, forwarded }: Reply['message'], files: FilesOf) {
  const { media, mediaGroupId, post } = content
  return {
    id,
    type: kind,
    text,
    markup: markupOf(content),
    tag: '',
    ...linksTo(media, files),
    file_name: media?.fileName ?? '',
    file_size: media?.sizeBytes ?? 0,
    media_duration: secondsLong(media?.durationMs),
    media_group_id: mediaGroupId,
    location: locationOf(content),
    contact: contactOf(content),
    template: templateOf(content),
    reply_to: replyTo && { message: quoted(replyTo, files) },
    forwards: forwarded && {
      messages: [quoted(forwarded, files)],
      conversation_ref_id: forwarded.chatId ?? undefined,
    },
    post: post && { id: post.id },
  }
}

function markupOf({ buttons }: MessageContent) {
  if (!buttons) return null
  return { mode: 'inline' as const, buttons: buttons.map((row) => row.map(({ text, url }) => ({ text, url }))) }
}

function templateOf({ template }: MessageContent) {
  if (!template) return undefined
  const { id, externalId, content, params } = template
  return { id, external_id: externalId, content, params: params.map(({ key, value }) => ({ key, value })) }
}

const locationOf = ({ location }: Pick<MessageContent, 'location'>) =>
  location && { lon: location.lon, lat: location.lat }

const contactOf = ({ contact }: Pick<MessageContent, 'contact'>) =>
  contact && { name: contact.name, phone: contact.phone }

/** A message inside another: ids, so that a receiver can find it, and all it needs if it cannot. */
function quoted(quote: QuotedMessage, files: FilesOf) {
  const { fileId, thumbnailId, sourceUrl, sentAtMs, author, receiver } = quote
  return {
    id: quote.messageId ?? undefined,
    msgid: quote.msgid ?? undefined,
    type: quote.kind,
    text: quote.text,
    media: fileId === null ? (sourceUrl ?? '') : absoluteLink(files, fileId, quote.fileName ?? ''),
    thumbnail: thumbnailId === null ? '' : absoluteLink(files, thumbnailId, THUMBNAIL_NAME),
    file_name: quote.fileName ?? '',
    file_size: quote.sizeBytes ?? 0,
    media_duration: secondsLong(quote.durationMs),
    location: locationOf(quote),
    contact: contactOf(quote),
    timestamp: sentAtMs === null ? undefined : inSeconds(sentAtMs),
    msec_timestamp: sentAtMs ?? undefined,
    sender: personOf(author),
    receiver: receiver ? personOf(receiver) : undefined,
  }
}

/** Without phone and e-mail. */
const personOf = ({ id, name, clientId }: StoredQuote['author']) => ({
  id: id ?? undefined,
  name,
  client_id: clientId ?? undefined,
})

const inSeconds = (ms: number) => Math.floor(ms / 1000)

/** Whole seconds; what is shorter is one, for none would mean that nobody knows. */
function secondsLong(ms: number | null | undefined): number | undefined {
  return ms === null || ms === undefined ? undefined : Math.max(1, Math.round(ms / 1000))
}
