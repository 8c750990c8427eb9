import { type ChannelId, probeRequest } from '@parley/protocol/model'
import { createSigningKey, NO_SIGNATURE } from '@parley/protocol/signing'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { scopeIdOf } from '../../domain/channels/channel-registry.ts'
import { getTestRun } from '../../domain/simulator/get-test-run.ts'
import { getProbeGround, keepProbe, type ProbeKind, startTestRun } from '../../domain/simulator/probes.ts'
import { AppError } from '../../lib/app-error.ts'
import { TokenBuckets } from '../../lib/token-buckets.ts'
import { hookHeaders, hookTarget } from '../../wire/hook-request.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { adminOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

const WHAT = 'test a channel'
const TIMEOUT_MS = 10_000
const RATE = { perSecond: 0.5, burst: 10 }
const REMEMBERED = 10_000

/** The guided test of one's own channel: what was seen of it, and the two hooks that are sent on request. */
export function testRunRoutes(app: FastifyInstance, deps: AppDeps): void {
  const buckets = new TokenBuckets(REMEMBERED)

  app.get('/channels/:channelId/test-run', async (request) => ({
    run: await getTestRun(deps, adminOf(request, WHAT).accountId, channelOf(request)),
  }))

  app.post('/channels/:channelId/test-run', async (request) => {
    const { accountId } = adminOf(request, WHAT)
    await startTestRun(deps, accountId, channelOf(request))
    return { run: await getTestRun(deps, accountId, channelOf(request)) }
  })

  app.post('/channels/:channelId/test-run/probes', async (request) => {
    const { accountId } = adminOf(request, WHAT)
    const { kind } = readInput(probeRequest, request.body)
    const channelId = channelOf(request)
    const ground = await getProbeGround(deps, accountId, channelId)
    if (buckets.take(channelId, RATE, deps.clock.now().getTime()) > 0)
      throw new AppError('too_many_attempts', 'Too many requests at once. Try again in 2 seconds.', {
        details: { retryAfterSeconds: 2 },
      })
    const at = deps.clock.now().toISOString()
    const answer = await send(channelId, ground, kind)
    await keepProbe(deps, { accountId, channelId }, kind, { at, deliveryId: ground.deliveryId, ...answer })
    return { run: await getTestRun(deps, accountId, channelId) }
  })

  /** The same bytes and the same X-Request-Id as before; a receiver tells by them that it has this one. */
  async function send(channelId: ChannelId, ground: Awaited<ReturnType<typeof getProbeGround>>, kind: ProbeKind) {
    const target = hookTarget(ground.hookVersion, ground.endpoint, scopeIdOf(channelId, ground.amojoId))
    if (!target) return { status: null, error: 'the channel has no webhook URL' }
    const body = Buffer.from(ground.body)
    const { deliveryId, attempts, secret } = ground
    const given = { deliveryId, attempt: attempts + 1, body, secret: createSigningKey(secret), now: deps.clock.now() }
    const headers = { ...hookHeaders(given), ...(kind === 'signature' && { 'X-Signature': NO_SIGNATURE }) }
    const outcome = await deps.sendHook({ ...target, method: 'POST', headers, body, timeoutMs: TIMEOUT_MS })
    if (outcome.kind === 'answered') return { status: outcome.status, error: null }
    return { status: null, error: outcome.kind === 'aborted' ? 'the server is stopping' : outcome.reason }
  }
}

const channelOf = (request: FastifyRequest) => readUuid<ChannelId>(request.params, 'channelId')
