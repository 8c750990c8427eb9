import type { AccountId } from '@parley/protocol/model'
import type { StoredMedia } from '../domain/messages/message-content.ts'
import { filePath } from '../lib/file-path.ts'

/** Whose files, and where they are served. */
export interface FilesOf {
  accountId: AccountId
  /** Without a slash at the end. */
  publicUrl: string
}

/** A link that anybody can open, whoever he is: a receiver has no log-in. */
export const absoluteLink = ({ accountId, publicUrl }: FilesOf, fileId: string, name: string) =>
  publicUrl + filePath(accountId, fileId, name)

/** The links of a message's file; empty for what has none. */
export function linksTo(media: StoredMedia | undefined, files: FilesOf): { media: string; thumbnail: string } {
  return {
    media: media?.file ? absoluteLink(files, media.file.id, media.fileName) : (media?.sourceUrl ?? ''),
    thumbnail: media?.thumbnail ? absoluteLink(files, media.thumbnail.id, THUMBNAIL_NAME) : '',
  }
}

export const THUMBNAIL_NAME = 'thumbnail'
