import type { ChannelId, SetSimulatorRequest, Simulator } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import { tellOwner } from '../channels/own-channels.ts'
import { hastenLanes } from '../deliveries/hasten-lanes.ts'
import type { Deps } from '../deps.ts'
import { getSimulator, type SimulatorDeps } from './get-simulator.ts'

type SetDeps = SimulatorDeps & Pick<Deps, 'nudge' | 'nudgeDeliveries'>

/** It ends by itself: nobody's clients wait for days because somebody forgot a switch. */
export const SIMULATED_MS = 2 * 60 * 60_000

/**
 * Lets the simulator take the hooks of the account that registered the channel, or ends that; says how it answers. Other accounts'
 * hooks go to the channel's address as ever. What waits is tried at once.
 * @throws {AppError} `not_found`
 */
export async function setSimulator(
  deps: SetDeps,
  actor: Actor,
  channelId: ChannelId,
  { isOn, answer }: SetSimulatorRequest,
): Promise<Simulator> {
  const { accountId } = actor
  const now = deps.clock.now()
  const hasSwitched = await deps.db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('channel')
      .select(['name', 'simulated_until'])
      .where('owner_account_id', '=', accountId)
      .where('id', '=', channelId)
      .forUpdate()
      .executeTakeFirst()
    if (!before) throw new AppError('not_found', 'There is no such channel in this account.')
    const wasOn = before.simulated_until !== null && before.simulated_until > now
    const until = isOn ? new Date(now.getTime() + SIMULATED_MS) : null
    await tx
      .updateTable('channel')
      .set({ simulated_until: until, simulated_answer: JSON.stringify(answer) })
      .where('owner_account_id', '=', accountId)
      .where('id', '=', channelId)
      .execute()
    await hastenLanes(tx, { channelId, accountId }, now)
    if (wasOn === isOn) return false
    const target = { kind: 'channel', id: channelId, name: before.name } as const
    const action = isOn ? 'channel.simulated' : 'channel.unsimulated'
    await appendAudit(tx, actor, { at: now, action, target, details: { until: until?.toISOString() ?? null } })
    await tellOwner(tx, actor)
    return true
  })
  if (hasSwitched) deps.nudge(accountId)
  deps.nudgeDeliveries()
  return getSimulator(deps, accountId, channelId)
}
