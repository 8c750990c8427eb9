import type { AccountId, ChangeMeRequest, FileId, Preferences, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { refuse } from '../accounts/insert-user.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { settingsChanged, settingsChangedFor } from './tell-people.ts'
import type { Viewer } from './viewer.ts'

/** A larger one is shown by its small picture. */
const LARGEST_SIDE = 512

/**
 * What a user says about himself: his colleagues see a new name or photo at once, his own screens everything.
 * @throws {AppError} `invalid_request`: the photo is no picture of this account
 */
export async function changeMe(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  actor: Actor,
  { account, user }: Viewer,
  patch: ChangeMeRequest,
): Promise<void> {
  const { name, photoFileId } = patch
  const isRenamed = name !== undefined && name !== user.name
  await deps.db.transaction().execute(async (tx) => {
    const photo = photoFileId ? await findPicture(tx, account.id, photoFileId as FileId) : null
    const preferences = patch.preferences && (await mergePreferences(tx, account.id, user.id, patch.preferences))
    const changes = {
      ...(name !== undefined && { name }),
      ...(patch.language !== undefined && { language: patch.language }),
      ...(preferences && { preferences: JSON.stringify(preferences) }),
      ...(photoFileId !== undefined && { avatar_file_id: photo }),
    }
    if (Object.keys(changes).length === 0) return
    await tx
      .updateTable('account_user')
      .set(changes)
      .where('account_id', '=', account.id)
      .where('id', '=', user.id)
      .execute()
    if (isRenamed) {
      const target = { kind: 'user', id: user.id, name } as const
      const details = { name: { before: user.name, after: name } }
      await appendAudit(tx, actor, { at: deps.clock.now(), action: 'user.changed', target, details })
    }
    await appendEvents(tx, account.id, [
      settingsChangedFor(user.id, 'me', user.id),
      ...(isRenamed || photoFileId !== undefined ? [settingsChanged('users', user.id)] : []),
    ])
  })
  deps.nudge(account.id)
}

/** Two screens may change two of them at once. */
async function mergePreferences(
  tx: Tx,
  accountId: AccountId,
  userId: UserId,
  patch: NonNullable<ChangeMeRequest['preferences']>,
): Promise<Preferences> {
  const { preferences } = await tx
    .selectFrom('account_user')
    .select('preferences')
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { ...preferences, ...(patch as Preferences) }
}

async function findPicture(tx: Tx, accountId: AccountId, id: FileId): Promise<FileId> {
  const file = await tx
    .selectFrom('file')
    .select(['id', 'thumbnail_id', 'width', 'height'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!file || file.width === null || file.height === null) throw refuse('photoFileId', 'this is not a picture')
  const isSmall = file.width <= LARGEST_SIDE && file.height <= LARGEST_SIDE
  return isSmall ? file.id : (file.thumbnail_id ?? file.id)
}
