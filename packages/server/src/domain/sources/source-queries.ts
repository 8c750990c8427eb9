import type { AccountId, ChannelId, Source, SourceId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'

type Reader = Pick<Db, 'selectFrom'>

/** A channel as an account has it. */
export interface ChannelOfAccount {
  accountId: AccountId
  channelId: ChannelId
}

const COLUMNS = ['id', 'channel_id', 'external_id', 'name', 'pipeline_id', 'is_default'] as const

const activeSources = (db: Reader, accountId: AccountId) =>
  db.selectFrom('source').select(COLUMNS).where('account_id', '=', accountId).where('deleted_at', 'is', null)

type SourceRow = Awaited<ReturnType<ReturnType<typeof activeSources>['execute']>>[number]

/**
 * The lines behind a channel; there are a hundred at most.
 * Order:  as they were made.
 * Errors: `not_found` when the channel was never connected to the account.
 */
export async function listSources(db: Reader, of: ChannelOfAccount): Promise<Source[]> {
  await checkConnection(db, of)
  const rows = await activeSources(db, of.accountId).where('channel_id', '=', of.channelId).orderBy('id').execute()
  return rows.map(toSource)
}

/** All lines of the account, those of one channel together, in the order they were made. */
export async function listAllSources(db: Reader, accountId: AccountId): Promise<Source[]> {
  const rows = await activeSources(db, accountId).orderBy('channel_id').orderBy('id').execute()
  return rows.map(toSource)
}

/** @throws {AppError} `not_found` */
export async function getSource(db: Reader, accountId: AccountId, id: SourceId): Promise<Source> {
  const row = await activeSources(db, accountId).where('id', '=', id).executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such source in this account.')
  return toSource(row)
}

/** @throws {AppError} `not_found` */
export async function checkConnection(db: Reader, { accountId, channelId }: ChannelOfAccount): Promise<void> {
  const connection = await db
    .selectFrom('connection')
    .select('channel_id')
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .executeTakeFirst()
  if (!connection) throw new AppError('not_found', 'This channel is not connected to the account.')
}

const toSource = (row: SourceRow): Source => ({
  id: row.id,
  channelId: row.channel_id,
  externalId: row.external_id,
  name: row.name,
  pipelineId: row.pipeline_id,
  isDefault: row.is_default,
})
