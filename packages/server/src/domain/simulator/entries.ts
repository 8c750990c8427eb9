import type { AccountId, CaughtHook, ChannelId, SignedExchange, SimulatorEntry } from '@parley/protocol/model'
import { sql } from 'kysely'
import { cutText } from '../../lib/cut-text.ts'
import { getOwnChannel } from '../channels/own-channels.ts'
import { tellConsole } from '../channels/tell-console.ts'
import type { Deps } from '../deps.ts'

/** So much of a channel is remembered. */
const MOST_ENTRIES = 200
const LONGEST_BODY = 32 * 1024

export type NewEntry =
  | { kind: 'request'; at: Date; exchange: SignedExchange }
  | { kind: 'hook'; at: Date; hook: CaughtHook }

interface Place {
  accountId: AccountId
  channelId: ChannelId
}

/** Remembers what went over the wire, forgets what is old, and tells the screens. */
export async function appendEntries(
  { db, whisper }: Pick<Deps, 'db' | 'whisper'>,
  { accountId, channelId }: Place,
  entries: readonly NewEntry[],
): Promise<void> {
  const rows = entries.map((entry) => ({
    account_id: accountId,
    channel_id: channelId,
    at: entry.at,
    kind: entry.kind,
    data: JSON.stringify(entry.kind === 'hook' ? cutHook(entry.hook) : cutExchange(entry.exchange)),
  }))
  await db.insertInto('simulator_entry').values(rows).execute()
  await sql`
    delete from simulator_entry where account_id = ${accountId} and channel_id = ${channelId} and id <= (
      select id from simulator_entry where account_id = ${accountId} and channel_id = ${channelId}
      order by id desc offset ${MOST_ENTRIES} limit 1)`.execute(db)
  tellConsole(whisper, { accountId, channelId }, 'simulator')
}

const cutHook = (hook: CaughtHook): CaughtHook => ({ ...hook, body: cutText(hook.body, LONGEST_BODY) })

const cutExchange = ({ request, answer, ...rest }: SignedExchange): SignedExchange => ({
  ...rest,
  request: { ...request, body: cutText(request.body, LONGEST_BODY) },
  answer: { ...answer, body: cutText(answer.body, LONGEST_BODY) },
})

/**
 * All that is remembered, oldest first.
 * @throws {AppError} `not_found`
 */
export async function listEntries(
  deps: Pick<Deps, 'db' | 'clock'>,
  accountId: AccountId,
  channelId: ChannelId,
): Promise<SimulatorEntry[]> {
  await getOwnChannel(deps, accountId, channelId)
  const rows = await deps.db
    .selectFrom('simulator_entry')
    .select(['id', 'at', 'kind', 'data'])
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .orderBy('id')
    .limit(MOST_ENTRIES)
    .execute()
  return rows.map(({ id, at, kind, data }) => {
    const base = { id, at: at.getTime() }
    return kind === 'hook'
      ? { ...base, kind, hook: data as CaughtHook }
      : { ...base, kind, exchange: data as SignedExchange }
  })
}

/** @throws {AppError} `not_found` */
export async function clearEntries(
  deps: Pick<Deps, 'db' | 'clock' | 'whisper'>,
  accountId: AccountId,
  channelId: ChannelId,
): Promise<void> {
  await getOwnChannel(deps, accountId, channelId)
  await deps.db
    .deleteFrom('simulator_entry')
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .execute()
  tellConsole(deps.whisper, { accountId, channelId }, 'simulator')
}
