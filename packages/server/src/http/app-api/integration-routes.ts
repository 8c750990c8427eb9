import {
  changeIntegrationRequest,
  type IntegrationId,
  newIntegrationRequest,
  newLongLivedTokenRequest,
  type TokenFamilyId,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { getIntegration, listIntegrations } from '../../domain/integrations/integration-queries.ts'
import { listLongLived, makeLongLived } from '../../domain/integrations/long-lived-tokens.ts'
import {
  changeIntegration,
  deleteIntegration,
  registerIntegration,
  rotateIntegrationSecret,
} from '../../domain/integrations/register-integration.ts'
import { revokeLongLived } from '../../domain/integrations/revoke-token.ts'
import { uninstall } from '../../domain/integrations/uninstall.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { adminOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Programs that the account registered, and those it let in. */
export function integrationRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/integrations', async (request) => ({
    items: await listIntegrations(deps.db, adminOf(request, 'see integrations').accountId),
  }))

  app.post('/integrations', async (request, reply) => {
    const actor = adminOf(request, 'register integrations')
    return reply.code(201).send(await registerIntegration(deps, actor, readInput(newIntegrationRequest, request.body)))
  })

  app.get('/integrations/:integrationId', async (request) =>
    getIntegration(deps.db, adminOf(request, 'see integrations').accountId, idOf(request)),
  )

  app.patch('/integrations/:integrationId', async (request) => {
    const actor = adminOf(request, 'change integrations')
    return changeIntegration(deps, actor, idOf(request), readInput(changeIntegrationRequest, request.body))
  })

  app.delete('/integrations/:integrationId', async (request, reply) => {
    await deleteIntegration(deps, adminOf(request, 'delete integrations'), idOf(request))
    return reply.code(204).send()
  })

  app.post('/integrations/:integrationId/secret', async (request) =>
    rotateIntegrationSecret(deps, adminOf(request, 'change a secret'), idOf(request)),
  )

  app.post('/integrations/:integrationId/uninstall', async (request, reply) => {
    await uninstall(deps, adminOf(request, 'uninstall integrations'), idOf(request))
    return reply.code(204).send()
  })

  longLivedRoutes(app, deps)
}

function longLivedRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/integrations/:integrationId/tokens', async (request) => {
    const { accountId } = adminOf(request, 'see tokens of integrations')
    const { id } = await getIntegration(deps.db, accountId, idOf(request))
    return { items: await listLongLived(deps, accountId, id) }
  })

  app.post('/integrations/:integrationId/tokens', async (request, reply) => {
    const actor = adminOf(request, 'make tokens of integrations')
    const { id } = await getIntegration(deps.db, actor.accountId, idOf(request))
    const wish = readInput(newLongLivedTokenRequest, request.body)
    return reply.code(201).send(await makeLongLived(deps, actor, id, wish))
  })

  app.delete('/integrations/:integrationId/tokens/:familyId', async (request, reply) => {
    const actor = adminOf(request, 'revoke tokens of integrations')
    await revokeLongLived(deps, actor, idOf(request), readUuid<TokenFamilyId>(request.params, 'familyId'))
    return reply.code(204).send()
  })
}

const idOf = (request: FastifyRequest) => readUuid<IntegrationId>(request.params, 'integrationId')
