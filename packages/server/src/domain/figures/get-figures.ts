import type { ChannelId, FigureHour, Figures, FiguresQuery, UserId } from '@parley/protocol/model'
import { awaitFollower } from '../../events/follow-events.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { upToMs, waitsOf } from './buckets.ts'
import { NO_CHANNEL, NOBODY } from './count-leads.ts'
import { addAnswers, addLeads, addMessages, findPipelineId, getFunnel, listLost } from './figure-queries.ts'
import { addDays, type FigureScope, scopeOf } from './figure-scope.ts'
import { presentSums, SumTable } from './figure-sums.ts'
import { FIGURES } from './follow-figures.ts'

/**
 * The figures of a period: a few sums over rollups, however many messages and leads there were.
 * @throws {AppError} `forbidden` for whom no figures are shown
 */
export async function getFigures(
  { db, hotPool }: Pick<Deps, 'db' | 'hotPool'>,
  viewer: Viewer,
  query: FiguresQuery,
): Promise<Figures> {
  const scope = await scopeOf(db, viewer, query)
  await awaitFollower(hotPool, scope.accountId, FIGURES)
  const table = new SumTable()
  const [pipelineId, lost] = await Promise.all([
    findPipelineId(db, scope),
    listLost(db, scope),
    addMessages(db, scope, table),
    addLeads(db, scope, table),
    addAnswers(db, scope, table),
  ])
  const { timeZone, currency } = viewer.account
  const { from, to, previousFrom, previousTo, reach } = scope
  return {
    ...{ from, to, previousFrom, previousTo, timeZone, currency, reach },
    ...presentTable(scope, table),
    funnelPipelineId: pipelineId,
    funnel: pipelineId === null ? [] : await getFunnel(db, scope, pipelineId),
    lost,
  }
}

function presentTable(scope: FigureScope, table: SumTable) {
  const isWhole = scope.userIds === null
  const at = (kind: 'period' | 'day', key: string) => presentSums(table.at(kind, key), isWhole)
  const listOf = (kind: 'channel' | 'user') =>
    [...table.of(kind)].map(([key, sums]) => ({ key, ...presentSums(sums, isWhole) }))
  return {
    total: at('period', 'total'),
    previous: at('period', 'previous'),
    days: listDays(scope).map((day) => ({ day, ...at('day', day) })),
    channels: listOf('channel')
      .sort((a, b) => b.leads + b.sent - a.leads - a.sent || compare(a.key, b.key))
      .map(({ key, ...sums }) => ({ channelId: key === NO_CHANNEL ? null : (key as ChannelId), ...sums })),
    users: listOf('user')
      .sort((a, b) => b.sent - a.sent || compare(a.key, b.key))
      .map(({ key, ...sums }) => ({ userId: Number(key) === NOBODY ? null : (Number(key) as UserId), ...sums })),
    ...presentHours(table, isWhole),
    histogram: [...table.at('period', 'total').first]
      .sort(([a], [b]) => a - b)
      .map(([bucket, n]) => ({ upToMs: upToMs(bucket), n })),
  }
}

/** Who is as busy stands in the same order each time. */
const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b))

function listDays({ from, to }: FigureScope): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

function presentHours(table: SumTable, isWhole: boolean): Pick<Figures, 'hours' | 'answerHours'> {
  const hours: FigureHour[] = []
  const answerHours: Figures['answerHours'] = []
  for (const [key, { received, sent, leads, first }] of table.of('hour')) {
    const [weekday, hour] = key.split(' ').map(Number) as [number, number]
    if (weekday === 0) answerHours.push({ hour, first: waitsOf(first) })
    else hours.push({ weekday, hour, received: isWhole ? received : null, sent, leads })
  }
  return {
    hours: hours.sort((a, b) => a.weekday - b.weekday || a.hour - b.hour),
    answerHours: answerHours.sort((a, b) => a.hour - b.hour),
  }
}
