import type { WorkingHours } from '@parley/protocol/model'
import { run, statementsOf } from '../../db/statement.ts'
import type { Follower } from '../../events/follow-events.ts'
import { countLeads } from './count-leads.ts'
import { countMessages } from './count-messages.ts'

export const FIGURES = 'figures'

const selectTime = statementsOf('figures')('time', 'select time_zone, working_hours from account where id = $1')

/**
 * Keeps the rollups that figures are read from. What is counted once stays in the hours it was counted in: a new time zone
 * or new working hours are for what comes after.
 */
export const followFigures: Follower = {
  name: FIGURES,
  restMs: 100,
  givesWay: true,
  async handle(client, accountId, events) {
    const [row] = await run<{ time_zone: string; working_hours: WorkingHours | null }>(client, selectTime, [accountId])
    if (!row) return
    await countMessages(client, accountId, { timeZone: row.time_zone, workingHours: row.working_hours }, events)
    await countLeads(client, accountId, row.time_zone, events)
  },
}
