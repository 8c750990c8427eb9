import type { DecidedLeads, DecideLeadsRequest, LeadId } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import type { Viewer } from '../users/viewer.ts'
import { acceptLead, type LeadDeps } from './accept-lead.ts'
import { accessLead } from './access-lead.ts'
import { declineLead } from './decline-lead.ts'
import { restoreLead } from './restore-lead.ts'

/** Transactions at once: they end one after the other anyway, at the account's counter. */
const AT_ONCE = 4

/** Accepts or declines many incoming leads. What cannot be done for one is said, and holds no other up. */
export function decideLeads(deps: LeadDeps, viewer: Viewer, wish: DecideLeadsRequest): Promise<DecidedLeads> {
  const { pipelineId, stageId } = wish
  return forEach(wish.leadIds as LeadId[], async (leadId) => {
    await accessLead(deps.hotPool, viewer, leadId, 'edit')
    if (wish.decision === 'accept') await acceptLead(deps, viewer, leadId, { pipelineId, stageId })
    else await declineLead(deps, viewer, leadId)
  })
}

/** Takes the last decision about each of these back. */
export function restoreLeads(deps: LeadDeps, viewer: Viewer, leadIds: readonly LeadId[]): Promise<DecidedLeads> {
  return forEach(leadIds, async (leadId) => {
    await restoreLead(deps, viewer, leadId)
  })
}

async function forEach(leadIds: readonly LeadId[], decide: (id: LeadId) => Promise<void>): Promise<DecidedLeads> {
  const decided: DecidedLeads = { done: [], failed: [] }
  const waiting = [...new Set(leadIds)].values()
  const work = async () => {
    for (const leadId of waiting) {
      try {
        await decide(leadId)
        decided.done.push(leadId)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        decided.failed.push({ leadId, code: error.code, reason: error.message })
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return decided
}
