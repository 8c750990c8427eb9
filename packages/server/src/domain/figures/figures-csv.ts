import type { AccountId, FigureSums, Figures, FiguresQuery, FigureTable, Waits } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { CSV_MARK, type CsvCell, csvLines } from '../../lib/to-csv.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { getFigures } from './get-figures.ts'

type Rows = CsvCell[][]

interface Names {
  channels: ReadonlyMap<string, string>
  users: ReadonlyMap<number, string>
}

/**
 * One table of the figures, for a spreadsheet, in pieces. Times are seconds, names those of now. Writes down that it was taken out.
 * @throws {AppError} `forbidden` for whom no figures are shown
 */
export async function exportFigures(
  deps: Pick<Deps, 'db' | 'hotPool' | 'clock'>,
  { viewer, actor }: { viewer: Viewer; actor: Actor },
  { table, ...query }: FiguresQuery & { table: FigureTable },
): Promise<{ name: string; pieces: Generator<string> }> {
  const figures = await getFigures(deps, viewer, query)
  const names = await readNames(deps.db, viewer.account.id)
  const { from, to } = figures
  await deps.db.transaction().execute((tx) =>
    appendAudit(tx, actor, {
      at: deps.clock.now(),
      action: 'data.exported',
      target: { kind: 'figures', id: table, name: table },
      details: { what: 'figures', from, to },
    }),
  )
  return { name: `${table} ${from} ${to}.csv`, pieces: pieces(TABLES[table](figures, names)) }
}

/** Lines that are made at once. */
const AT_ONCE = 200

function* pieces(rows: Rows): Generator<string> {
  yield CSV_MARK
  for (let from = 0; from < rows.length; from += AT_ONCE) yield csvLines(rows.slice(from, from + AT_ONCE))
}

async function readNames(db: Db, accountId: AccountId): Promise<Names> {
  const users = await db.selectFrom('account_user').select(['id', 'name']).where('account_id', '=', accountId).execute()
  const channels = await db
    .selectFrom('channel_account as k')
    .innerJoin('channel as c', 'c.id', 'k.channel_id')
    .select(['c.id', 'c.name'])
    .where('k.account_id', '=', accountId)
    .execute()
  return {
    users: new Map(users.map((user) => [user.id, user.name])),
    channels: new Map(channels.map((channel) => [channel.id, channel.name])),
  }
}

const waitNames = (name: string) => ['n', 'p50', 'p75', 'p90', 'p95'].map((part) => `${name}_${part}`)
const waits = ({ n, p50, p75, p90, p95 }: Waits): CsvCell[] => [n, ...[p50, p75, p90, p95].map(toSeconds)]
const toSeconds = (ms: number | null) => (ms === null ? null : Math.round(ms) / 1000)

const SUM_NAMES = ['received', 'sent', 'leads', 'accepted', 'declined', 'won', 'won_price', 'lost']
const HEAD = [...SUM_NAMES, ...waitNames('first_answer_s'), ...waitNames('each_answer_s')]
const sums = (of: FigureSums): CsvCell[] => [
  ...[of.received, of.sent, of.leads, of.accepted, of.declined, of.won, of.wonPrice, of.lost],
  ...waits(of.first),
  ...waits(of.each),
]

const TABLES: Record<FigureTable, (figures: Figures, names: Names) => Rows> = {
  days: ({ days }) => [['day', ...HEAD], ...days.map(({ day, ...of }) => [day, ...sums(of)])],
  channels: ({ channels }, names) => [
    ['channel', ...HEAD],
    ...channels.map(({ channelId, ...of }) => [names.channels.get(channelId ?? '') ?? null, ...sums(of)]),
  ],
  users: ({ users }, names) => [
    ['user', ...HEAD],
    ...users.map(({ userId, ...of }) => [names.users.get(userId ?? 0) ?? null, ...sums(of)]),
  ],
  hours: ({ hours }) => [
    ['weekday', 'hour', 'received', 'sent', 'leads'],
    ...hours.map(({ weekday, hour, received, sent, leads }) => [weekday, hour, received, sent, leads]),
  ],
  answers: ({ answerHours }) => [
    ['hour', ...waitNames('first_answer_s')],
    ...answerHours.map(({ hour, first }) => [hour, ...waits(first)]),
  ],
  funnel: ({ funnel }) => [
    ['stage', 'kind', 'leads', 'share', 'price'],
    ...funnel.map(({ name, kind, leads, share, price }) => [name, kind, leads, share, price]),
  ],
  lost: ({ lost }) => [['reason', 'leads', 'price'], ...lost.map(({ name, leads, price }) => [name, leads, price])],
}
