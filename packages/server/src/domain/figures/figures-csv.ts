import type { AccountId, FigureSums, Figures, FigureTable, Waits } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { type CsvCell, toCsv } from '../../lib/to-csv.ts'

type Rows = CsvCell[][]

interface Names {
  channels: ReadonlyMap<string, string>
  users: ReadonlyMap<number, string>
}

/** One table of the figures, for a spreadsheet. Times are seconds, names those of now. */
export async function toFiguresCsv(
  db: Db,
  accountId: AccountId,
  figures: Figures,
  table: FigureTable,
): Promise<string> {
  const names = await readNames(db, accountId)
  return toCsv(TABLES[table](figures, names))
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
