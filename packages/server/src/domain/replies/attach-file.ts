import type { AccountId, FileId, MessageKind, SendMessageRequest } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import { cleanFileName } from '../../lib/file-name.ts'
import type { Deps } from '../deps.ts'
import { findFile, type KeptFile, toStoredFile } from '../media/file-queries.ts'
import type { StoredMedia } from '../messages/message-content.ts'
import type { LockedChat } from './lock-chat.ts'

/** A request with the file it names. */
export type Prepared = SendMessageRequest & { kept?: KeptFile }

/**
 * Finds the file before the transaction: a file never changes.
 * @throws {AppError} `invalid_request`: not a file of this account
 */
export async function findFileOf(
  { hotPool }: Pick<Deps, 'hotPool'>,
  accountId: AccountId,
  request: SendMessageRequest,
): Promise<Prepared> {
  if (!request.file) return request
  const kept = await findFile(hotPool, accountId, request.file.id.toLowerCase() as FileId)
  if (!kept) throw new AppError('invalid_request', 'file.id: there is no such file in this account. Upload it first.')
  return { ...request, kept }
}

/**
 * An uploaded file as part of a message: shown as the sender wants it, else as its bytes say.
 * @throws {AppError} `invalid_request`: larger than the channel takes; `conflict`: it does not take voice messages
 */
export function attachFile(
  channel: LockedChat['channel'],
  { file, kept }: Prepared,
): { kind: MessageKind; media: StoredMedia } | undefined {
  if (!file || !kept) return undefined
  mustBeSmall(channel, kept)
  const kind = file.as ?? kindOf(kept.mediaType)
  if (kind === 'voice') mustTakeVoice(channel)
  const media: StoredMedia = {
    state: 'ready',
    sourceUrl: null,
    fileName: cleanFileName(file.name) || 'file',
    sizeBytes: kept.sizeBytes,
    durationMs: file.durationMs ?? null,
    peaks: file.peaks ?? null,
    failure: null,
    file: toStoredFile(kept),
    thumbnail: kept.thumbnail,
  }
  return { kind, media }
}

function mustBeSmall({ title, maxFileBytes: maxBytes }: LockedChat['channel'], { sizeBytes }: KeptFile): void {
  if (sizeBytes <= maxBytes) return
  throw new AppError(
    'invalid_request',
    `file: has ${sizeBytes} bytes; ${title} takes files of up to ${maxBytes} bytes.`,
    {
      details: { field: 'file', sizeBytes, maxBytes },
    },
  )
}

export function mustTakeVoice(channel: LockedChat['channel']): void {
  if (channel.supportsVoice) return
  throw new AppError('conflict', `${channel.title} does not take voice messages. Send it as an audio file.`)
}

/** What messengers show as a picture; any other picture is a file to them. */
const PICTURE = /^image\/(png|jpeg|gif|webp)$/

function kindOf(mediaType: string): MessageKind {
  if (PICTURE.test(mediaType)) return 'picture'
  if (mediaType.startsWith('video/')) return 'video'
  return mediaType.startsWith('audio/') ? 'audio' : 'file'
}
