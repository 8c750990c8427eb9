import type { AccountId, Colleague } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { MEMBER_COLUMNS, toViewer } from './user-queries.ts'
import { type Audience, isAmong, type Viewer } from './viewer.ts'

/** The users, without those who were switched off, who may see what this audience may; by name. */
export async function listWhoMaySee(db: Db, accountId: AccountId, audience: Audience): Promise<Viewer[]> {
  const rows = await db
    .selectFrom('account_user as u')
    .innerJoin('account as a', 'a.id', 'u.account_id')
    .select(MEMBER_COLUMNS)
    .where('u.account_id', '=', accountId)
    .where('u.disabled_at', 'is', null)
    .orderBy('u.name')
    .orderBy('u.id')
    .execute()
  return rows.map(toViewer).filter((viewer) => isAmong(audience, viewer))
}

export const presentColleague = ({ user }: Pick<Viewer, 'user'>): Colleague => ({
  id: user.id,
  amojoId: user.amojoId,
  name: user.name,
})
