import type { AccountId, Integration, IntegrationId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'

/** What the account registered and what it let in; both are few (`MOST_INTEGRATIONS`, `MOST_GRANTS`). Its own first. */
export async function listIntegrations(db: Db, accountId: AccountId): Promise<Integration[]> {
  const rows = await shownTo(db, accountId)
    .where((eb) => eb.or([eb('i.account_id', '=', accountId), eb('g.account_id', 'is not', null)]))
    .orderBy((eb) => eb('i.account_id', '!=', accountId))
    .orderBy('i.created_at')
    .orderBy('i.id')
    .execute()
  return rows.map((row) => present(row, accountId))
}

/**
 * One of them.
 * @throws {AppError} `not_found`: the account neither registered it nor let it in
 */
export async function getIntegration(db: Db, accountId: AccountId, id: IntegrationId): Promise<Integration> {
  const row = await shownTo(db, accountId)
    .where('i.id', '=', id)
    .where((eb) => eb.or([eb('i.account_id', '=', accountId), eb('g.account_id', 'is not', null)]))
    .executeTakeFirst()
  if (!row) throw notFound()
  return present(row, accountId)
}

export const notFound = () => new AppError('not_found', 'There is no such integration in this account.')

function shownTo(db: Db, accountId: AccountId) {
  return db
    .selectFrom('integration as i')
    .innerJoin('account as a', 'a.id', 'i.account_id')
    .leftJoin('integration_grant as g', (join) =>
      join.on('g.account_id', '=', accountId).onRef('g.integration_id', '=', 'i.id'),
    )
    .leftJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 'g.account_id').onRef('u.id', '=', 'g.user_id'),
    )
    .selectAll('i')
    .select(['a.name as owner_name', 'g.granted_at', 'g.scopes as granted_scopes', 'u.name as user_name'])
    .select((eb) => [
      eb
        .selectFrom('token_family as f')
        .select((f) => f.fn.max('f.last_used_at').as('at'))
        .where('f.account_id', '=', accountId)
        .whereRef('f.integration_id', '=', 'i.id')
        .as('last_used_at'),
      eb
        .selectFrom('integration_grant as n')
        .select((n) => n.fn.countAll<string>().as('count'))
        .whereRef('n.integration_id', '=', 'i.id')
        .as('installs'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof shownTo>['execute']>>[number]

function present(row: Row, accountId: AccountId): Integration {
  const isOwn = row.account_id === accountId
  return {
    id: row.id,
    name: row.name,
    about: row.about,
    isOwn,
    ownerName: row.owner_name,
    isPublic: row.is_public,
    scopes: row.scopes,
    createdAt: row.created_at.getTime(),
    grant: row.granted_at && {
      grantedAt: row.granted_at.getTime(),
      userName: row.user_name ?? '',
      scopes: row.granted_scopes ?? [],
      lastUsedAt: row.last_used_at?.getTime() ?? null,
    },
    registration: isOwn
      ? { redirectUris: row.redirect_uris, uninstallUrl: row.uninstall_url, installs: Number(row.installs) }
      : null,
  }
}
