import type {
  AcceptLeadRequest,
  Board,
  CardPage,
  ChangeLeadRequest,
  ChangeLossReasonRequest,
  ChangePipelineRequest,
  ChangeStageRequest,
  DecidedLeads,
  DecideLeadsRequest,
  Duplicate,
  IncomingCard,
  IncomingPage,
  Lead,
  LeadFilter,
  LeadId,
  LeadSort,
  LinkLeadRequest,
  LinkTarget,
  LossReason,
  LossReasonId,
  NewLeadInput,
  Pipeline,
  PipelineId,
  SourceCount,
  StageCount,
  StageId,
} from '@parley/protocol/model'
import { request } from '../api.ts'
import type { PageKey } from '../endpoints.ts'

export const CARDS_LIMIT = 50

export interface IncomingWish {
  channel?: string
  source?: string
  sort?: 'newest' | 'oldest'
}

/** A filter as the server and a link carry it. */
export function filterQuery(filter: LeadFilter | IncomingWish | Partial<LeadSort>): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    if (value === undefined) continue
    query.set(name, Array.isArray(value) ? value.map((one) => one ?? 'none').join(',') : String(value))
  }
  return query
}

function paged(query: URLSearchParams, limit: number, after: PageKey): URLSearchParams {
  query.set('limit', String(limit))
  if (after !== null) query.set('after', after)
  return query
}

const boardPath = (id: PipelineId) => `/pipelines/${id}`

export const getBoard = (id: PipelineId, filter: LeadFilter, signal?: AbortSignal) =>
  request<Board>('GET', `${boardPath(id)}/board?${paged(filterQuery(filter), CARDS_LIMIT, null)}`, undefined, signal)

export const getCounts = (id: PipelineId, filter: LeadFilter, signal?: AbortSignal) =>
  request<{ items: StageCount[] }>('GET', `${boardPath(id)}/counts?${filterQuery(filter)}`, undefined, signal)

export const getStagePage = (id: PipelineId, stageId: StageId, filter: LeadFilter, after: PageKey) =>
  request<CardPage>('GET', `${boardPath(id)}/stages/${stageId}/leads?${paged(filterQuery(filter), CARDS_LIMIT, after)}`)

export const listLeads = (id: PipelineId, filter: LeadFilter, sort: LeadSort, after: PageKey, signal?: AbortSignal) =>
  request<CardPage>(
    'GET',
    `${boardPath(id)}/leads?${paged(filterQuery({ ...filter, ...sort }), CARDS_LIMIT, after)}`,
    undefined,
    signal,
  )

export const listIncoming = (wish: IncomingWish, after: PageKey, signal?: AbortSignal) =>
  request<IncomingPage>('GET', `/leads/incoming?${paged(filterQuery(wish), CARDS_LIMIT, after)}`, undefined, signal)

export const countIncoming = () => request<{ items: SourceCount[] }>('GET', '/leads/incoming/counts')

export const getCards = (ids: readonly LeadId[]) =>
  request<{ items: IncomingCard[] }>('GET', `/leads/cards?ids=${ids.join(',')}`)

export const changeLead = (id: LeadId, patch: ChangeLeadRequest) => request<Lead>('PATCH', `/leads/${id}`, patch)
export const createLead = (body: NewLeadInput) => request<Lead>('POST', '/leads', body)
export const deleteLead = (id: LeadId) => request<void>('DELETE', `/leads/${id}`)
export const acceptLead = (id: LeadId, into: AcceptLeadRequest) => request<Lead>('POST', `/leads/${id}/accept`, into)
export const declineLead = (id: LeadId) => request<void>('POST', `/leads/${id}/decline`)
export const linkLead = (id: LeadId, to: LinkLeadRequest) => request<Lead>('POST', `/leads/${id}/link`, to)
export const restoreLead = (id: LeadId) => request<Lead>('POST', `/leads/${id}/restore`)
export const decideLeads = (body: DecideLeadsRequest) => request<DecidedLeads>('POST', '/leads/decide', body)
export const restoreLeads = (leadIds: readonly LeadId[]) =>
  request<DecidedLeads>('POST', '/leads/restore', { leadIds: [...leadIds] })

export const listDuplicates = (id: LeadId, signal?: AbortSignal) =>
  request<{ items: Duplicate[] }>('GET', `/leads/${id}/duplicates`, undefined, signal)

export const findLinkTargets = (q: string, besides: LeadId | undefined, signal?: AbortSignal) =>
  request<{ items: LinkTarget[] }>(
    'GET',
    `/leads/link-targets?${new URLSearchParams({ q, ...(besides && { besides: String(besides) }) })}`,
    undefined,
    signal,
  )

export const listLossReasons = (signal?: AbortSignal) =>
  request<{ items: LossReason[] }>('GET', '/loss-reasons', undefined, signal)

export const createPipeline = (body: { name: string; copyOf?: number }) => request<Pipeline>('POST', '/pipelines', body)
export const changePipeline = (id: PipelineId, patch: ChangePipelineRequest) =>
  request<Pipeline>('PATCH', boardPath(id), patch)
export const createStage = (id: PipelineId, body: { name: string; hue?: number; position?: number }) =>
  request<Pipeline>('POST', `${boardPath(id)}/stages`, body)
export const changeStage = (id: PipelineId, stageId: StageId, patch: ChangeStageRequest) =>
  request<Pipeline>('PATCH', `${boardPath(id)}/stages/${stageId}`, patch)

/** Where the leads of what is deleted go; absent: nowhere, which is refused when there are any. */
export interface LeadsGo {
  toPipelineId?: PipelineId
  toStageId?: StageId
}
const goQuery = (to: LeadsGo) => {
  const query = new URLSearchParams(Object.entries(to).map(([name, id]) => [name, String(id)]))
  return query.size === 0 ? '' : `?${query}`
}
export const deletePipeline = (id: PipelineId, to: LeadsGo) => request<void>('DELETE', `${boardPath(id)}${goQuery(to)}`)
export const deleteStage = (id: PipelineId, stageId: StageId, to: LeadsGo) =>
  request<void>('DELETE', `${boardPath(id)}/stages/${stageId}${goQuery(to)}`)

export const createLossReason = (name: string) => request<LossReason>('POST', '/loss-reasons', { name })
export const changeLossReason = (id: LossReasonId, patch: ChangeLossReasonRequest) =>
  request<LossReason>('PATCH', `/loss-reasons/${id}`, patch)
export const deleteLossReason = (id: LossReasonId) => request<void>('DELETE', `/loss-reasons/${id}`)
