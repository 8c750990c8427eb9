import {
  cardsQuery,
  incomingFilter,
  type LeadId,
  leadFilter,
  leadSort,
  linkTargetQuery,
  type PipelineId,
  type StageId,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { countIncoming } from '../../domain/board/board-counts.ts'
import { getBoard, getStageCounts, getStagePage, listLeads } from '../../domain/board/board-queries.ts'
import { findCards, listIncoming } from '../../domain/board/incoming-queries.ts'
import { findLinkTargets } from '../../domain/leads/list-duplicates.ts'
import { readInput, readNumber, readPage } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Leads, many at a time: the board, the list, what came in. */
export function boardRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/pipelines/:pipelineId/board', async (request) => {
    const { limit } = readPage(request.query)
    return getBoard(deps, viewerOf(request), pipelineOf(request), readInput(leadFilter, request.query), limit)
  })

  app.get('/pipelines/:pipelineId/counts', async (request) => ({
    items: await getStageCounts(deps, viewerOf(request), pipelineOf(request), readInput(leadFilter, request.query)),
  }))

  app.get('/pipelines/:pipelineId/stages/:stageId/leads', async (request) => {
    const stage = { pipelineId: pipelineOf(request), stageId: readNumber<StageId>(request.params, 'stageId') }
    return getStagePage(deps, viewerOf(request), stage, readInput(leadFilter, request.query), readPage(request.query))
  })

  app.get('/pipelines/:pipelineId/leads', async (request) => {
    const wish = readInput(leadFilter.extend(leadSort.shape), request.query)
    return listLeads(deps, viewerOf(request), pipelineOf(request), wish, readPage(request.query))
  })

  app.get('/leads/incoming', async (request) =>
    listIncoming(deps, viewerOf(request), readInput(incomingFilter, request.query), readPage(request.query)),
  )

  app.get('/leads/incoming/counts', async (request) => ({
    items: await countIncoming(deps.hotPool, viewerOf(request)),
  }))

  app.get('/leads/cards', async (request) => {
    const { ids } = readInput(cardsQuery, request.query)
    return { items: await findCards(deps, viewerOf(request), ids as LeadId[]) }
  })

  app.get('/leads/link-targets', async (request) => {
    const { q, besides } = readInput(linkTargetQuery, request.query)
    return { items: await findLinkTargets(deps, viewerOf(request), { q, besides: besides as LeadId | undefined }) }
  })
}

const pipelineOf = (request: FastifyRequest) => readNumber<PipelineId>(request.params, 'pipelineId')
