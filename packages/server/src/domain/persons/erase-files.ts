import type { FileId } from '@parley/protocol/model'
import { sql } from 'kysely'
import { storageKey } from '../media/file-queries.ts'
import type { Erasing, Progress } from './erasing.ts'
import { fileIdsIn } from './file-ids.ts'

/** Each is a request to the storage. */
const FILES_AT_ONCE = 50

interface FileRow {
  id: FileId
  sha256: Buffer
  thumbnail_id: FileId | null
}

/**
 * Removes the files that were the person's alone: the bytes first, so that no row is gone while they are still there. The
 * same content brought again in this very moment by somebody else may be lost with it.
 */
export async function eraseFiles(erasing: Erasing): Promise<Progress> {
  const { tx, accountId, scope, storage } = erasing
  const used = new Set(scope.usedFileIds)
  const asked = scope.fileIds.filter((id) => !used.has(id)).slice(0, FILES_AT_ONCE)
  if (asked.length === 0) return 'done'
  const { rows } = await sql<FileRow>`
    select f.id, f.sha256, f.thumbnail_id from file f
    where f.account_id = ${accountId} and f.id = any (${asked}::uuid[])
      and not exists (select from participant p where p.account_id = f.account_id and p.avatar_file_id = f.id)
      and not exists (select from account_user u where u.account_id = f.account_id and u.avatar_file_id = f.id)
      and not exists (select from file o where o.account_id = f.account_id and o.thumbnail_id = f.id)
    for update`.execute(tx)
  const elsewhere = await findInTemplatesAndDrafts(erasing)
  const gone = rows.filter((row) => !elsewhere.has(row.id))
  for (const { sha256 } of gone) await storage.remove(storageKey(accountId, sha256))
  const ids = gone.map((row) => row.id)
  await sql`delete from file where account_id = ${accountId} and id = any (${ids}::uuid[])`.execute(tx)
  const done = new Set<FileId>(asked)
  // A small picture was its file's; it is looked at when that is gone.
  const small = gone.flatMap((row) => row.thumbnail_id ?? [])
  scope.fileIds = [...scope.fileIds.filter((id) => !done.has(id)), ...small]
  return 'more'
}

async function findInTemplatesAndDrafts({ tx, accountId }: Erasing): Promise<ReadonlySet<FileId>> {
  const { rows } = await sql<{ content: unknown }>`
    select files as content from template where account_id = ${accountId} and files <> '[]'
    union all
    select content from draft where account_id = ${accountId} and content is not null`.execute(tx)
  return new Set(rows.flatMap((row) => fileIdsIn(row.content)))
}
