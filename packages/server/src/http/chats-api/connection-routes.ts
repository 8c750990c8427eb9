import type { AmojoId } from '@parley/protocol/model'
import { connectRequest, disconnectRequest } from '@parley/protocol/wire'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { connectChannel } from '../../domain/channels/connect-channel.ts'
import { disconnectChannel } from '../../domain/channels/disconnect-channel.ts'
import { presentConnection, toConnectionSettings } from '../../wire/answers.ts'
import { answerJson } from './answer-refusal.ts'
import type { ChatsDeps } from './chats-deps.ts'
import { getSigningChannel, readBody } from './signed-request.ts'

type OfChannel = { Params: { channelId: string } }

/** As the account's audit log names it: nobody of its people. */
const itself = (request: FastifyRequest) => ({ userId: null, address: request.ip })

const CHANNEL = '/v2/origin/custom/:channelId'

/** Connecting a channel to an account, and taking it off again (spec 01 §3.1, §3.2). */
export function connectionRoutes(app: FastifyInstance, deps: ChatsDeps): void {
  app.post<OfChannel>(`${CHANNEL}/connect`, async (request, reply) => {
    const channel = await getSigningChannel(deps, request, 'connect')
    const settings = toConnectionSettings(readBody(connectRequest, request, channel))
    return answerJson(reply, presentConnection(await connectChannel(deps, channel, settings, itself(request))))
  })

  const disconnect = async (request: FastifyRequest<OfChannel>, reply: FastifyReply) => {
    const channel = await getSigningChannel(deps, request, 'disconnect')
    const { account_id: amojoId } = readBody(disconnectRequest, request, channel)
    await disconnectChannel(deps, channel, amojoId as AmojoId, itself(request))
    return reply.send()
  }
  app.delete<OfChannel>(`${CHANNEL}/disconnect`, disconnect)
  // An official sample sends POST, and signs it.
  app.post<OfChannel>(`${CHANNEL}/disconnect`, disconnect)
}
