import type { HistoryAnswer } from '@parley/protocol/wire'
import type { HistoryMessage, HistoryPerson } from '../domain/messages/list-history.ts'
import type { StoredFile, StoredMedia } from '../domain/messages/message-content.ts'
import { AppError } from '../lib/app-error.ts'
import { filePath } from '../lib/file-path.ts'

const LONGEST_PAGE = 50

/**
 * `?offset=&limit=`. A limit over the longest page is cut; what is left out has its default.
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` as `name: reason`
 */
export function toHistoryPage(query: unknown): { offset: number; limit: number } {
  const { offset, limit } = query as Record<string, unknown>
  const page = {
    offset: toCount(offset, 'offset', 0),
    limit: Math.min(toCount(limit, 'limit', LONGEST_PAGE), LONGEST_PAGE),
  }
  if (page.limit === 0) throw new AppError('ORIGIN_INVALID_PAYLOAD', 'limit: must be at least 1')
  return page
}

function toCount(given: unknown, name: string, whenAbsent: number): number {
  if (given === undefined || given === '') return whenAbsent
  if (typeof given === 'string' && /^\d{1,15}$/.test(given)) return Number(given)
  throw new AppError('ORIGIN_INVALID_PAYLOAD', `${name}: must be a whole number from 0`)
}

/** Keys in the order of the published sample. */
export function presentHistory(messages: readonly HistoryMessage[], publicUrl: string): string {
  return JSON.stringify({ messages: messages.map((message) => toEntry(message, publicUrl)) } satisfies HistoryAnswer)
}

function toEntry(message: HistoryMessage, publicUrl: string): HistoryAnswer['messages'][number] {
  const sentAtMs = message.sentAt.getTime()
  return {
    timestamp: Math.floor(sentAtMs / 1000),
    msec_timestamp: sentAtMs,
    sender: toPerson(message.sender),
    ...(message.receiver && { receiver: toPerson(message.receiver) }),
    message: toMessage(message, publicUrl),
  }
}

function toPerson({ id, name, client }: HistoryPerson): HistoryAnswer['messages'][number]['sender'] {
  if (!client) return { id, name }
  const { clientId, avatarUrl, phone, email } = client
  return {
    id,
    ...(clientId !== null && { client_id: clientId }),
    name,
    avatar: avatarUrl ?? '',
    phone: phone ?? '',
    email: email ?? '',
  }
}

function toMessage(
  { accountId, id, msgid, kind, text, content }: HistoryMessage,
  publicUrl: string,
): HistoryAnswer['messages'][number]['message'] {
  const media = content?.media
  const linkTo = (file: StoredFile, name: string) => `${publicUrl}${filePath(accountId, file.id, name)}`
  return {
    id,
    ...(msgid !== null && { client_id: msgid }),
    type: kind,
    text,
    media: media ? linkOf(media, linkTo) : '',
    thumbnail: media?.thumbnail ? linkTo(media.thumbnail, 'thumbnail') : '',
    file_name: media?.fileName ?? '',
    file_size: media?.sizeBytes ?? 0,
    ...(content?.mediaGroupId !== undefined && { media_group_id: content.mediaGroupId }),
    ...(content?.location && { location: { lon: content.location.lon, lat: content.location.lat } }),
    ...(content?.contact && { contact: { name: content.contact.name, phone: content.contact.phone } }),
  }
}

/** Our copy, or as long as there is none, where the channel keeps it. */
const linkOf = ({ file, fileName, sourceUrl }: StoredMedia, linkTo: (file: StoredFile, name: string) => string) =>
  file ? linkTo(file, fileName) : (sourceUrl ?? '')
