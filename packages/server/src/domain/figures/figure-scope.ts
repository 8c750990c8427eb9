import type {
  AccountId,
  ChannelId,
  Day,
  FigureClock,
  FiguresQuery,
  GroupId,
  PipelineId,
  Reach,
  UserId,
} from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Viewer } from '../users/viewer.ts'

const DAY_MS = 86_400_000

/** Which cells of the rollups a reader is shown. Days are ISO dates. */
export interface FigureScope {
  accountId: AccountId
  from: Day
  to: Day
  /** As many days right before. */
  previousFrom: Day
  previousTo: Day
  channelId: ChannelId | null
  /** Null: everybody's, and nobody's. */
  userIds: readonly UserId[] | null
  pipelineId: PipelineId | null
  within: FigureClock
  reach: Exclude<Reach, 'none'>
}

/** @throws {AppError} `forbidden` for whom no figures are shown */
export async function scopeOf(db: Db, viewer: Viewer, query: FiguresQuery): Promise<FigureScope> {
  const { figures: reach } = viewer.rights
  if (reach === 'none')
    throw new AppError('forbidden', 'Your role shows no figures: an admin of the account can let you see them.')
  const days = (Date.parse(query.to) - Date.parse(query.from)) / DAY_MS + 1
  return {
    accountId: viewer.account.id,
    from: query.from,
    to: query.to,
    previousFrom: addDays(query.from, -days),
    previousTo: addDays(query.from, -1),
    channelId: (query.channelId as ChannelId | undefined) ?? null,
    userIds: await usersOf(db, viewer, query),
    pipelineId: (query.pipelineId as PipelineId | undefined) ?? null,
    within: query.within,
    reach,
  }
}

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

async function usersOf(db: Db, viewer: Viewer, { userId, groupId }: FiguresQuery): Promise<readonly UserId[] | null> {
  const { figures: reach } = viewer.rights
  const seen = reach === 'own' ? [viewer.user.id] : viewer.groupUserIds
  const sets: (readonly UserId[])[] = reach === 'all' ? [] : [seen]
  if (userId !== undefined) sets.push([userId as UserId])
  if (groupId !== undefined) {
    const rows = await db
      .selectFrom('account_user')
      .select('id')
      .where('account_id', '=', viewer.account.id)
      .where('group_id', '=', groupId as GroupId)
      .execute()
    sets.push(rows.map((row) => row.id))
  }
  const [first, ...others] = sets
  return first ? first.filter((id) => others.every((set) => set.includes(id))) : null
}
