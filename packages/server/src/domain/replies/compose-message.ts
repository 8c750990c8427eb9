import type { MessageButton, MessageId, SendMessageRequest } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import type { MessageContent, StoredMedia } from '../messages/message-content.ts'
import { attachFile, mustTakeVoice, type Prepared } from './attach-file.ts'
import { type FoundMessage, findInChat, findOnChannel, toStoredQuote } from './find-quoted.ts'
import type { LockedChat } from './lock-chat.ts'
import { type Draft, possibleVersion } from './reply.ts'

/**
 * Finds the messages that a request names, and says whether it can be said in this chat.
 * @throws {AppError} `invalid_request` names the field: a message that is not there, a file that is too large, more than
 *   text under a post; `conflict`: the channel, or the hooks it asked for, cannot carry it
 */
export async function composeMessage(tx: Tx, chat: LockedChat, request: Prepared): Promise<Draft> {
  const { forwardOfId, buttons, mediaGroupId } = request
  const draft =
    forwardOfId === undefined ? await composeOwn(tx, chat, request) : await composeForward(tx, chat, forwardOfId)
  if (buttons) draft.content.buttons = buttons.map((row) => row.map(toButton))
  if (mediaGroupId !== undefined) draft.content.mediaGroupId = mediaGroupId.toLowerCase()
  mustFit(draft, chat)
  return draft
}

async function composeOwn(tx: Tx, chat: LockedChat, request: Prepared): Promise<Draft> {
  const { text, template, replyToId } = request
  const answered = replyToId === undefined ? undefined : await getAnswered(tx, chat, replyToId)
  if (answered?.content.post) mustBeText(request)
  const attached = attachFile(chat.channel, request)
  return {
    kind: attached?.kind ?? 'text',
    text,
    content: {
      ...(attached && { media: attached.media }),
      ...(answered && { replyTo: toStoredQuote(answered.quoted) }),
      ...(answered?.content.post && { post: copyOfPost(answered.content.post) }),
      ...(template && { template: toTemplate(template) }),
    },
    ...(answered && { replyTo: answered.quoted }),
  }
}

async function getAnswered(tx: Tx, { accountId, id: chatId, channel }: LockedChat, id: string): Promise<FoundMessage> {
  const found = await findInChat(tx, accountId, { chatId, id: id.toLowerCase() as MessageId })
  if (!found) throw new AppError('invalid_request', 'replyToId: there is no such message in this chat.')
  if (found.content.post === undefined && !channel.supportsReply)
    throw new AppError('conflict', `${channel.title} cannot show what is answered. Send the message without replyToId.`)
  return found
}

/** Under a public post there are words only (spec 02 A2.4). */
function mustBeText(request: SendMessageRequest): void {
  const field = (['file', 'buttons', 'template'] as const).find((name) => request[name] !== undefined)
  if (field === undefined) return
  throw new AppError('invalid_request', `${field}: an answer to a comment is text only.`, { details: { field } })
}

/** The picture of a post is copied once, for the comment that brought it. */
const copyOfPost = (post: NonNullable<MessageContent['post']>) => ({
  ...post,
  preview: post.preview?.state === 'ready' ? post.preview : null,
})

async function composeForward(tx: Tx, chat: LockedChat, id: string): Promise<Draft> {
  const { accountId, channel } = chat
  const found = await findOnChannel(tx, accountId, { channelId: channel.id, id: id.toLowerCase() as MessageId })
  if (!found)
    throw new AppError('invalid_request', `forwardOfId: there is no such message in the chats of ${channel.title}.`)
  const { media, location, contact, stickerId } = found.content
  if (media) mustBeCopied(media)
  if (found.kind === 'voice') mustTakeVoice(channel)
  if (found.kind === 'text' && found.text.trim() === '')
    throw new AppError('conflict', 'There is nothing in this message that could be forwarded.')
  return {
    kind: found.kind,
    text: found.text,
    content: {
      ...(media && { media }),
      ...(location && { location }),
      ...(contact && { contact }),
      ...(stickerId !== undefined && { stickerId }),
      forwarded: toStoredQuote(found.quoted),
    },
    // A channel without quotes gets it as a message like any other.
    ...(channel.supportsReply && { forwarded: found.quoted }),
  }
}

function mustBeCopied({ file, state }: StoredMedia): void {
  if (file) return
  throw new AppError(
    'conflict',
    state === 'waiting'
      ? 'The file of this message is still being copied. Forward it when it is there.'
      : 'The file of this message could not be copied, so it cannot be forwarded.',
  )
}

function mustFit(draft: Draft, { channel, receiver, clientId }: LockedChat): void {
  const version = possibleVersion(channel.hookVersion, { receiver, chat: { clientId } })
  const unsaid = version === 'v1' ? beyondV1(draft) : undefined
  if (unsaid !== undefined)
    throw new AppError('conflict', `${channel.title} takes hooks of version 1, which cannot carry ${unsaid}.`)
  const isStickerByName = draft.kind === 'sticker' && draft.content.media === undefined
  if (isStickerByName && (version === 'v1' || !draft.forwarded))
    throw new AppError('conflict', `This sticker has no picture that ${channel.title} could be sent.`)
}

/** What version 1 has no words for; quotes and templates are left out of it, for the text stands without them. */
function beyondV1({ kind, content }: Draft): string | undefined {
  if (content.post) return 'an answer to a comment'
  if (kind === 'location') return 'a location'
  return kind === 'contact' ? 'a contact' : undefined
}

const toButton = ({ text, url }: { text: string; url?: string | undefined }): MessageButton =>
  url === undefined ? { text } : { text, url }

const toTemplate = ({ id, externalId, content, params }: NonNullable<SendMessageRequest['template']>) => ({
  id,
  ...(externalId !== undefined && { externalId }),
  content,
  params: params.map(({ key, value }) => ({ key, value })),
})
