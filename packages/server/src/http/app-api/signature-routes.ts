import { checkSignature, type PastedRequest, readParts, readPasted } from '@parley/protocol/lab'
import {
  type ChannelId,
  type ChannelRequest,
  type ChannelRequestId,
  type SignatureCheckRequest,
  signatureCheckRequest,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { getRequest } from '../../domain/channel-requests/list-requests.ts'
import { getKnownSecrets, type KnownSecrets } from '../../domain/channels/known-secrets.ts'
import { AppError } from '../../lib/app-error.ts'
import { TokenBuckets } from '../../lib/token-buckets.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { adminOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** By account: a signature that nothing explains costs a tenth of a second. */
const RATE = { perSecond: 0.5, burst: 30 }
const REMEMBERED = 10_000

/** The signature lab, for whoever registered the channel. It signs nothing, and shows no signature that is good. */
export function signatureRoutes(app: FastifyInstance, deps: AppDeps): void {
  const buckets = new TokenBuckets(REMEMBERED)

  app.post('/channels/:channelId/signature-check', async (request) => {
    const { accountId } = adminOf(request, 'check signatures')
    const wish = readInput(signatureCheckRequest, request.body)
    const secrets = await getKnownSecrets(deps, accountId, readUuid<ChannelId>(request.params, 'channelId'))
    slowDown(accountId)
    const now = deps.signedBy.now()
    const { pasted, at } = await read(wish, secrets, now)
    const { channelId, scopeId, amojoId, present, others, legacy } = secrets
    return checkSignature(pasted, {
      secret: present,
      otherSecrets: others,
      legacy,
      ids: { channelId, scopeId, amojoId },
      origins: originsOf(deps, request),
      at,
      now,
      windowMs: deps.signatureWindowMs,
    })
  })

  /** The request in question, and when it came: what is pasted comes now. */
  async function read(wish: SignatureCheckRequest, { channelId, scopeId }: KnownSecrets, now: Date) {
    if (wish.requestId === undefined) return { pasted: readWish(wish, `/v2/origin/custom/${scopeId}`), at: now }
    const logged = await getRequest(deps.db, channelId, wish.requestId as ChannelRequestId)
    return { pasted: toPasted(logged), at: new Date(logged.at) }
  }

  function slowDown(accountId: number): void {
    const waitMs = buckets.take(String(accountId), RATE, deps.clock.now().getTime())
    if (waitMs === 0) return
    const retryAfterSeconds = Math.ceil(waitMs / 1000)
    throw new AppError('too_many_attempts', `Too many attempts. Try again in ${retryAfterSeconds} seconds.`, {
      details: { retryAfterSeconds },
    })
  }
}

/** @throws {AppError} `invalid_request`: it is no request, and why */
function readWish({ pasted, parts }: SignatureCheckRequest, assumedTarget: string): PastedRequest {
  const read = parts ? readParts(parts) : readPasted(pasted ?? '', assumedTarget)
  if (read.ok) return read.request
  const field = parts ? 'headers' : 'pasted'
  throw new AppError('invalid_request', read.message, { details: { field } })
}

function toPasted({ method, path, headers, body, isMasked }: ChannelRequest): PastedRequest {
  return {
    form: 'logged',
    method,
    target: path,
    origin: undefined,
    headers: headers.map(([name, value]) => ({ name, value })),
    body: Buffer.from(body.text, body.encoding),
    notes: [...(body.isCut ? ['body_cut' as const] : []), ...(isMasked ? ['masked' as const] : [])],
  }
}

function originsOf(deps: AppDeps, request: FastifyRequest): string[] {
  return [new URL(deps.publicUrl()).origin, `${request.protocol}://${request.host}`]
}
