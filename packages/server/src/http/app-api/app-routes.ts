import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { answerJsonErrors } from '../middleware/answer-json-errors.ts'
import { DoorLimits } from '../middleware/door-limits.ts'
import { refuseForeignOrigin, requireViewer } from '../middleware/viewer.ts'
import { accountRoutes } from './account-routes.ts'
import type { AppDeps } from './app-deps.ts'
import { auditRoutes } from './audit-routes.ts'
import { boardRoutes } from './board-routes.ts'
import { cardRoutes } from './card-routes.ts'
import { channelDeliveryRoutes } from './channel-delivery-routes.ts'
import { channelRequestRoutes } from './channel-request-routes.ts'
import { channelRoutes } from './channel-routes.ts'
import { chatRoutes } from './chat-routes.ts'
import { consentRoutes } from './consent-routes.ts'
import { contactRoutes } from './contact-routes.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { documentRoutes } from './document-routes.ts'
import { doorRoutes } from './door-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { factorRoutes } from './factor-routes.ts'
import { fieldRoutes } from './field-routes.ts'
import { figureRoutes } from './figure-routes.ts'
import { fileRoutes } from './file-routes.ts'
import { inboxRoutes } from './inbox-routes.ts'
import { installationRoutes } from './installation-routes.ts'
import { integrationRoutes } from './integration-routes.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { leadRoutes } from './lead-routes.ts'
import { meRoutes } from './me-routes.ts'
import { noteRoutes } from './note-routes.ts'
import { notificationRoutes } from './notification-routes.ts'
import { personRoutes } from './person-routes.ts'
import { pipelineRoutes } from './pipeline-routes.ts'
import { pushRoutes } from './push-routes.ts'
import { reactionRoutes } from './reaction-routes.ts'
import { realtimeRoutes } from './realtime-routes.ts'
import { roleRoutes } from './role-routes.ts'
import { searchRoutes } from './search-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { signatureRoutes } from './signature-routes.ts'
import { simulatorRoutes } from './simulator-routes.ts'
import { sourceRoutes } from './source-routes.ts'
import { taskRoutes } from './task-routes.ts'
import { templateRoutes } from './template-routes.ts'
import { testRunRoutes } from './test-run-routes.ts'
import { typingRoutes } from './typing-routes.ts'
import { unsubscribeRoutes } from './unsubscribe-routes.ts'
import { userRoutes } from './user-routes.ts'

const PREFIX = '/api/app/v1'

/** The app API, `/api/app/v1`, and the event stream: what the screens use and any program may. */
export async function appRoutes(app: FastifyInstance, deps: AppDeps): Promise<void> {
  await app.register(cookie)
  answerJsonErrors(app)
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store')
    done()
  })
  const limits = new DoorLimits(deps.clock)
  const guarded: FastifyPluginAsync = async (scope) => {
    requireViewer(scope, deps)
    realtimeRoutes(scope, deps)
    const inner: FastifyPluginAsync = async (api) => {
      accountRoutes(api, deps)
      auditRoutes(api, deps)
      boardRoutes(api, deps)
      cardRoutes(api, deps)
      channelRoutes(api, deps)
      channelDeliveryRoutes(api, deps)
      channelRequestRoutes(api, deps)
      chatRoutes(api, deps)
      consentRoutes(api, deps, limits)
      contactRoutes(api, deps)
      deliveryRoutes(api, deps)
      draftRoutes(api, deps)
      factorRoutes(api, deps)
      figureRoutes(api, deps)
      fieldRoutes(api, deps)
      await fileRoutes(api, deps)
      integrationRoutes(api, deps)
      installationRoutes(api, deps)
      invitationRoutes(api, deps)
      inboxRoutes(api, deps)
      leadRoutes(api, deps)
      noteRoutes(api, deps)
      meRoutes(api, deps)
      notificationRoutes(api, deps)
      pushRoutes(api, deps)
      personRoutes(api, deps)
      pipelineRoutes(api, deps)
      reactionRoutes(api, deps)
      roleRoutes(api, deps)
      searchRoutes(api, deps)
      signatureRoutes(api, deps)
      simulatorRoutes(api, deps)
      sourceRoutes(api, deps)
      taskRoutes(api, deps)
      templateRoutes(api, deps)
      testRunRoutes(api, deps)
      typingRoutes(api, deps)
      userRoutes(api, deps)
    }
    await scope.register(inner, { prefix: PREFIX })
  }
  const open: FastifyPluginAsync = async (scope) => {
    // Nobody is known here, but who comes to be known must have meant it.
    scope.addHook('onRequest', async (request) => refuseForeignOrigin(request))
    sessionRoutes(scope, deps, limits)
    doorRoutes(scope, deps, limits)
    documentRoutes(scope)
  }
  await app.register(open, { prefix: PREFIX })
  const mailed: FastifyPluginAsync = async (scope) => unsubscribeRoutes(scope, deps)
  await app.register(mailed, { prefix: PREFIX })
  await app.register(guarded)
}
