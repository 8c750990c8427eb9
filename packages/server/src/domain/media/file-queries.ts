import type { AccountId, FileId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import type { StoredFile } from '../messages/message-content.ts'

/** A file that is here, whoever it belongs to. */
export interface KeptFile extends StoredFile {
  sha256: Buffer
  sizeBytes: number
  /** A smaller picture of it. */
  thumbnail: StoredFile | null
}

interface FileRow {
  id: FileId
  sha256: Buffer
  size_bytes: number
  media_type: string
  width: number | null
  height: number | null
  thumbnail_id: FileId | null
  thumbnail_type: string | null
  thumbnail_width: number | null
  thumbnail_height: number | null
}

const statement = statementsOf('media')

const fileWhere = (rest: string) => `
  select f.id, f.sha256, f.size_bytes, f.media_type, f.width, f.height, f.thumbnail_id, t.media_type as thumbnail_type,
    t.width as thumbnail_width, t.height as thumbnail_height
  from file f left join file t on t.account_id = f.account_id and t.id = f.thumbnail_id
  where f.account_id = $1 and ${rest}`

const byId = statement('file_by_id', fileWhere('f.id = $2'))
const byIds = statement('files_by_ids', fileWhere('f.id = any ($2::uuid[])'))
const byContent = statement('file_by_content', fileWhere('f.sha256 = $2'))

/** Undefined: the account has no such file. */
export async function findFile(pool: Runner, accountId: AccountId, id: FileId): Promise<KeptFile | undefined> {
  const [row] = await run<FileRow>(pool, byId, [accountId, id])
  return row && toFile(row)
}

/** Those of the ids that are files of this account. */
export async function findFiles(
  pool: Runner,
  accountId: AccountId,
  ids: readonly FileId[],
): Promise<Map<FileId, KeptFile>> {
  if (ids.length === 0) return new Map()
  const rows = await run<FileRow>(pool, byIds, [accountId, ids])
  return new Map(rows.map((row) => [row.id, toFile(row)]))
}

/** The account's file with this content. */
export async function findFileByContent(
  pool: Runner,
  accountId: AccountId,
  sha256: Buffer,
): Promise<KeptFile | undefined> {
  const [row] = await run<FileRow>(pool, byContent, [accountId, sha256])
  return row && toFile(row)
}

const toFile = (row: FileRow): KeptFile => ({
  id: row.id,
  sha256: row.sha256,
  sizeBytes: row.size_bytes,
  mediaType: row.media_type,
  width: row.width,
  height: row.height,
  thumbnail:
    row.thumbnail_id === null
      ? null
      : {
          id: row.thumbnail_id,
          mediaType: row.thumbnail_type ?? 'image/webp',
          width: row.thumbnail_width,
          height: row.thumbnail_height,
        },
})

/** What of a file stands in a message. */
export const toStoredFile = ({ id, mediaType, width, height }: StoredFile): StoredFile => ({
  id,
  mediaType,
  width,
  height,
})

/** Where the storage has it. The same content of two accounts is two files: one's removal is not the other's. */
export function storageKey(accountId: AccountId, sha256: Buffer): string {
  const digest = sha256.toString('hex')
  return `${accountId}/${digest.slice(0, 2)}/${digest}`
}
