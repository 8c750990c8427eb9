import { chatEvent, type EditMessage, type NewMessage } from '@parley/protocol/wire'
import type { FastifyInstance } from 'fastify'
import type { Scope } from '../../domain/channels/channel-registry.ts'
import { relinkMessage } from '../../domain/media/relink-message.ts'
import { editMessage } from '../../domain/messages/edit-message.ts'
import { findAuthor } from '../../domain/messages/find-author.ts'
import type { StoredMessage } from '../../domain/messages/inbound-message.ts'
import { presentStoredMessage } from '../../wire/answers.ts'
import { toEdit } from '../../wire/to-edit.ts'
import { refersToOurs, toInbound } from '../../wire/to-inbound.ts'
import { answerJsonFast } from './answer-refusal.ts'
import type { ChatsDeps } from './chats-deps.ts'
import { resolveInbound } from './resolve-inbound.ts'
import { getSigningScope, readBody } from './signed-request.ts'

type OfScope = { Params: { scopeId: string } }

/** Messages: new ones, imported ones and edits (spec 01 §3.4). */
export function messageRoutes(app: FastifyInstance, deps: ChatsDeps): void {
  app.post<OfScope>('/v2/origin/custom/:scopeId', async (request, reply) => {
    const scope = await getSigningScope(deps, request, 'message')
    const event = readBody(chatEvent, request, scope.channel)
    const stored =
      event.event_type === 'new_message'
        ? await takeMessage(deps, scope, event.payload)
        : await takeEdit(deps, scope, event.payload)
    return answerJsonFast(reply, presentStoredMessage(stored))
  })
}

async function takeMessage(deps: ChatsDeps, scope: Scope, payload: NewMessage): Promise<StoredMessage> {
  const refId = payload.sender.ref_id
  const author = refId === undefined ? undefined : await findAuthor(deps, scope, refId)
  const inbound = toInbound(payload, { now: deps.clock.now(), channel: scope.channel, author })
  // Most messages name everything by the integration's ids, and cost no query here.
  const resolved = refersToOurs(payload) ? await resolveInbound(deps, scope, payload, inbound) : inbound
  return deps.ingest.receive(scope, resolved)
}

async function takeEdit(deps: ChatsDeps, scope: Scope, payload: EditMessage): Promise<StoredMessage> {
  const edit = toEdit(payload, { now: deps.clock.now(), channel: scope.channel })
  const stored = await editMessage({ ...deps, relink: relinkMessage(deps) }, scope, edit)
  // It finds nothing to do where nothing was linked anew.
  if (edit.said?.links.length) deps.nudgeMedia()
  return stored
}
