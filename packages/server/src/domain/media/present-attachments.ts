import type { AccountId, AttachedFile, FileId, UploadedFile } from '@parley/protocol/model'
import type { StoredAttachment } from '../../db/schema.ts'
import type { Runner } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { cleanFileName } from '../../lib/file-name.ts'
import { filePath } from '../../lib/file-path.ts'
import { findFiles, type KeptFile } from './file-queries.ts'

/** A file as it was uploaded, under this name. */
export function presentUpload(accountId: AccountId, file: KeptFile, fileName: string): UploadedFile {
  const { id, sizeBytes, mediaType, width, height, thumbnail } = file
  return {
    id,
    url: filePath(accountId, id, fileName),
    fileName,
    sizeBytes,
    mediaType,
    width,
    height,
    thumbnail: thumbnail && {
      url: filePath(accountId, thumbnail.id, 'thumbnail'),
      width: thumbnail.width ?? 0,
      height: thumbnail.height ?? 0,
    },
  }
}

/** As a caller gives a file that was uploaded before. */
interface GivenAttachment {
  id: string
  name: string
  as?: StoredAttachment['as'] | undefined
  durationMs?: number | undefined
  peaks?: number[] | undefined
}

/**
 * What is kept of attached files.
 * @throws {AppError} `invalid_request`: one of them is no file of this account
 */
export async function readAttachments(
  pool: Runner,
  accountId: AccountId,
  given: readonly GivenAttachment[],
): Promise<StoredAttachment[]> {
  const ids = given.map(({ id }) => id.toLowerCase() as FileId)
  const known = await findFiles(pool, accountId, ids)
  const missing = ids.findIndex((id) => !known.has(id))
  if (missing !== -1)
    throw new AppError(
      'invalid_request',
      `files.${missing}.id: there is no such file in this account. Upload it first.`,
      {
        details: { field: `files.${missing}.id` },
      },
    )
  return given.map(({ id, name, as, durationMs, peaks }) => ({
    id: id.toLowerCase(),
    name: cleanFileName(name) || 'file',
    ...(as !== undefined && { as }),
    ...(durationMs !== undefined && { durationMs }),
    ...(peaks !== undefined && { peaks }),
  }))
}

/** Attached files as a screen shows them; what is gone is left out. */
export async function attachmentPresenter(
  pool: Runner,
  accountId: AccountId,
  stored: readonly StoredAttachment[],
): Promise<(files: readonly StoredAttachment[]) => AttachedFile[]> {
  const known = await findFiles(
    pool,
    accountId,
    stored.map(({ id }) => id as FileId),
  )
  return (files) =>
    files.flatMap(({ id, name, ...facts }) => {
      const file = known.get(id as FileId)
      return file ? [{ file: presentUpload(accountId, file, name), ...facts }] : []
    })
}
