import {
  changeLossReasonRequest,
  changePipelineRequest,
  changeStageRequest,
  type LossReasonId,
  moveLeadsTo,
  newLossReasonRequest,
  newPipelineRequest,
  newStageRequest,
  type PipelineId,
  type StageId,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { removePipeline, removeStage } from '../../domain/leads/remove-stage.ts'
import { changePipeline, createPipeline } from '../../domain/pipelines/change-pipelines.ts'
import { changeStage, createStage } from '../../domain/pipelines/change-stages.ts'
import {
  changeLossReason,
  createLossReason,
  deleteLossReason,
  listLossReasons,
} from '../../domain/pipelines/loss-reasons.ts'
import { listPipelines } from '../../domain/pipelines/pipeline-queries.ts'
import { readInput, readNumber } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Pipelines, stages and loss reasons: everybody sees them, admins change them. */
export function pipelineRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/pipelines', async (request) => ({ items: await listPipelines(deps.db, viewerOf(request).account.id) }))

  app.post('/pipelines', async (request) =>
    createPipeline(deps, viewerOf(request), readInput(newPipelineRequest, request.body)),
  )

  app.patch('/pipelines/:pipelineId', async (request) =>
    changePipeline(deps, viewerOf(request), pipelineOf(request), readInput(changePipelineRequest, request.body)),
  )

  app.delete('/pipelines/:pipelineId', async (request, reply) => {
    await removePipeline(deps, viewerOf(request), pipelineOf(request), readInput(moveLeadsTo, request.query))
    return reply.code(204).send()
  })

  app.post('/pipelines/:pipelineId/stages', async (request) =>
    createStage(deps, viewerOf(request), pipelineOf(request), readInput(newStageRequest, request.body)),
  )

  app.patch('/pipelines/:pipelineId/stages/:stageId', async (request) =>
    changeStage(deps, viewerOf(request), stageOf(request), readInput(changeStageRequest, request.body)),
  )

  app.delete('/pipelines/:pipelineId/stages/:stageId', async (request, reply) => {
    await removeStage(deps, viewerOf(request), stageOf(request), readInput(moveLeadsTo, request.query))
    return reply.code(204).send()
  })

  lossReasonRoutes(app, deps)
}

function lossReasonRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/loss-reasons', async (request) => ({ items: await listLossReasons(deps.db, viewerOf(request).account.id) }))

  app.post('/loss-reasons', async (request) =>
    createLossReason(deps, viewerOf(request), readInput(newLossReasonRequest, request.body).name),
  )

  app.patch('/loss-reasons/:reasonId', async (request) =>
    changeLossReason(deps, viewerOf(request), reasonOf(request), readInput(changeLossReasonRequest, request.body)),
  )

  app.delete('/loss-reasons/:reasonId', async (request, reply) => {
    await deleteLossReason(deps, viewerOf(request), reasonOf(request))
    return reply.code(204).send()
  })
}

const pipelineOf = (request: FastifyRequest) => readNumber<PipelineId>(request.params, 'pipelineId')
const stageOf = (request: FastifyRequest) => ({
  pipelineId: pipelineOf(request),
  stageId: readNumber<StageId>(request.params, 'stageId'),
})
const reasonOf = (request: FastifyRequest) => readNumber<LossReasonId>(request.params, 'reasonId')
