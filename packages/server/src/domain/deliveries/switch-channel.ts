import type { ChannelId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { noteByOperator } from '../audit/note-by-operator.ts'
import type { Deps } from '../deps.ts'
import { tellAccounts } from './endpoint-health.ts'
import { hastenLanes } from './hasten-lanes.ts'

interface SwitchDeps extends Pick<Deps, 'db' | 'clock' | 'nudge' | 'nudgeDeliveries'> {
  /** Writes down who wants it, in the transaction of the change; not called when nothing changes. */
  note?: (tx: Tx) => Promise<void>
  /** The operator of the server asks: what he switched off, nobody else switches on. */
  isOperator?: boolean
}

export interface ChannelSwitch {
  id: ChannelId
  /** Null while it is on. */
  switchedOffAt: Date | null
}

/**
 * Sends nothing more to the channel: what waits, and what comes, waits in its lanes. Switching off twice changes nothing.
 * @throws {AppError} `not_found`
 */
export async function switchChannelOff(deps: SwitchDeps, channelId: ChannelId): Promise<ChannelSwitch> {
  const now = deps.clock.now()
  return change(withNote(deps, channelId, 'channel.paused'), channelId, async (tx) => {
    const { rows } = await sql`
      insert into channel_health as h (channel_id, switched_off_at, is_held)
      values (${channelId}, ${now}, ${deps.isOperator ?? false})
      on conflict (channel_id) do update
      set switched_off_at = coalesce(h.switched_off_at, excluded.switched_off_at), is_held = h.is_held or excluded.is_held
      where h.switched_off_at is null or (excluded.is_held and not h.is_held)
      returning channel_id`.execute(tx)
    return rows.length > 0
  })
}

/**
 * Sends again: everything that waits for the channel is due now, in order per chat, and its schedule of tries begins anew.
 * Switching on twice changes nothing.
 * @throws {AppError} `not_found`; `forbidden`: the operator switched it off
 */
export async function switchChannelOn(deps: SwitchDeps, channelId: ChannelId): Promise<ChannelSwitch> {
  const now = deps.clock.now()
  return change(withNote(deps, channelId, 'channel.resumed'), channelId, async (tx) => {
    if (!deps.isOperator) await refuseHeld(tx, channelId)
    const { numUpdatedRows } = await tx
      .updateTable('channel_health')
      .set({ switched_off_at: null, is_held: false, failing_since: null, mailed_at: null })
      .where('channel_id', '=', channelId)
      .where('switched_off_at', 'is not', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await hastenLanes(tx, { channelId }, now)
    return true
  })
}

function withNote(deps: SwitchDeps, channelId: ChannelId, action: 'channel.paused' | 'channel.resumed'): SwitchDeps {
  if (!deps.isOperator) return deps
  return { ...deps, note: (tx) => noteByOperator(tx, channelId, { at: deps.clock.now(), action }) }
}

async function refuseHeld(tx: Tx, channelId: ChannelId): Promise<void> {
  const held = await tx
    .selectFrom('channel_health as h')
    .innerJoin('channel as c', 'c.id', 'h.channel_id')
    .select('c.name')
    .where('h.channel_id', '=', channelId)
    .where('h.is_held', '=', true)
    .forUpdate('h')
    .executeTakeFirst()
  if (held) throw heldByOperator(held.name)
}

export const heldByOperator = (channelName: string): AppError =>
  new AppError('forbidden', `${channelName} was switched off by the operator of this server: ask them.`)

async function change(
  { db, nudge, nudgeDeliveries, note }: SwitchDeps,
  channelId: ChannelId,
  work: (tx: Tx) => Promise<boolean>,
): Promise<ChannelSwitch> {
  const { answer, accounts } = await db.transaction().execute(async (tx) => {
    const channel = await tx.selectFrom('channel').select('id').where('id', '=', channelId).executeTakeFirst()
    if (!channel) throw new AppError('not_found', 'There is no such channel.')
    const hasChanged = await work(tx)
    if (hasChanged) await note?.(tx)
    const health = await tx
      .selectFrom('channel_health')
      .select('switched_off_at')
      .where('channel_id', '=', channelId)
      .executeTakeFirst()
    const switchedOffAt = health?.switched_off_at ?? null
    return { answer: { id: channelId, switchedOffAt }, accounts: hasChanged ? await tellAccounts(tx, [channelId]) : [] }
  })
  for (const accountId of accounts) nudge(accountId)
  nudgeDeliveries()
  return answer
}
