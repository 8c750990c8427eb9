import type { LeadFilter, LeadId, LeadSort, PipelineId } from '@parley/protocol/model'
import type { IncomingWish } from './endpoints.ts'

/** The first word is also the topic of `settings.changed` at which the query is read again. */
export const boardKeys = {
  board: (pipelineId: PipelineId, filter: LeadFilter) => ['board', pipelineId, filter] as const,
  everyBoard: ['board'] as const,
  leads: (pipelineId: PipelineId, filter: LeadFilter, sort: LeadSort) => ['leads', pipelineId, filter, sort] as const,
  everyLeads: ['leads'] as const,
  incoming: (wish: IncomingWish) => ['incoming', wish] as const,
  everyIncoming: ['incoming'] as const,
  duplicates: (leadId: LeadId) => ['duplicates', leadId] as const,
  linkTargets: (leadId: LeadId, q: string) => ['linkTargets', leadId, q] as const,
  lossReasons: ['pipelines', 'lossReasons'] as const,
}

export type BoardKey = ReturnType<typeof boardKeys.board>
export type LeadsKey = ReturnType<typeof boardKeys.leads>
export type IncomingKey = ReturnType<typeof boardKeys.incoming>
