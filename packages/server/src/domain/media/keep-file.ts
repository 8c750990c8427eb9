import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import type { AccountId, FileId } from '@parley/protocol/model'
import { run, statementsOf } from '../../db/statement.ts'
import type { ReceivedFile } from '../../lib/receive-file.ts'
import { sniffFile } from '../../lib/sniff-file.ts'
import type { Deps } from '../deps.ts'
import type { StoredFile } from '../messages/message-content.ts'
import { findFileByContent, type KeptFile, storageKey } from './file-queries.ts'

export type KeepDeps = Pick<Deps, 'hotPool' | 'storage' | 'temporaryFiles' | 'readPicture'>

/** A file that has just come, at a temporary path. */
export interface IncomingFile extends ReceivedFile {
  path: string
}

/** Browsers show these, and we can make them smaller. */
const PICTURES = new Set(['image/png', 'image/apng', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

export const isPicture = (mediaType: string): boolean => PICTURES.has(mediaType)

/**
 * Keeps a file in the storage and writes it down; the account's own file with the same content is answered instead of a
 * second one. Its bytes say what it is. The temporary file is gone afterwards, whatever happens.
 * Locks: its row and its thumbnail's, each alone. Call it outside of transactions.
 */
export async function keepFile(deps: KeepDeps, accountId: AccountId, incoming: IncomingFile): Promise<KeptFile> {
  try {
    const known = await findFileByContent(deps.hotPool, accountId, incoming.sha256)
    const facts = known ? undefined : await examine(deps, accountId, incoming.path)
    // Also what is known: a storage that lost it has it again.
    await deps.storage.put(storageKey(accountId, incoming.sha256), incoming.path)
    return known ?? (await writeDown(deps, accountId, { ...incoming, ...facts! }))
  } finally {
    await rm(incoming.path, { force: true })
  }
}

interface FileFacts {
  mediaType: string
  width: number | null
  height: number | null
  thumbnailId: FileId | null
}

async function examine(deps: KeepDeps, accountId: AccountId, path: string): Promise<FileFacts> {
  const mediaType = await sniffFile(path)
  const unmeasured = { mediaType, width: null, height: null, thumbnailId: null }
  if (!isPicture(mediaType)) return unmeasured
  const thumbnailPath = deps.temporaryFiles.newPath()
  try {
    const picture = await deps.readPicture(path, thumbnailPath)
    if (!picture) return unmeasured
    const { width, height } = picture
    const thumbnail = await keepThumbnail(deps, accountId, thumbnailPath, picture.thumbnail)
    return { mediaType, width, height, thumbnailId: thumbnail.id }
  } finally {
    await rm(thumbnailPath, { force: true })
  }
}

async function keepThumbnail(
  deps: KeepDeps,
  accountId: AccountId,
  path: string,
  facts: Pick<FileFacts, 'width' | 'height' | 'mediaType'>,
): Promise<KeptFile> {
  const [sha256, { size }] = await Promise.all([digestOf(path), stat(path)])
  await deps.storage.put(storageKey(accountId, sha256), path)
  return writeDown(deps, accountId, { ...facts, sha256, sizeBytes: size, thumbnailId: null })
}

async function digestOf(path: string): Promise<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest()
}

const insertFile = statementsOf('media')(
  'insert_file',
  `insert into file (account_id, id, sha256, size_bytes, media_type, width, height, thumbnail_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (account_id, sha256) do nothing`,
)

/** The id is the unguessable part of its link, so it is all chance: no time in it, unlike our other ids. */
async function writeDown(
  { hotPool }: KeepDeps,
  accountId: AccountId,
  file: FileFacts & ReceivedFile,
): Promise<KeptFile> {
  const { sha256, sizeBytes, mediaType, width, height, thumbnailId } = file
  await run(hotPool, insertFile, [accountId, randomUUID(), sha256, sizeBytes, mediaType, width, height, thumbnailId])
  // Somebody else may have brought the same at the same time: then theirs counts.
  const kept = await findFileByContent(hotPool, accountId, sha256)
  if (!kept) throw new Error('A file was written down and is not there.')
  return kept
}

/** What stands for it where a small picture is wanted; null when it is no picture. */
export function smallPictureOf(file: KeptFile): StoredFile | null {
  if (file.thumbnail) return file.thumbnail
  return isPicture(file.mediaType) ? file : null
}
