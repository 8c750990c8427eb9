import { type SignedOperation, verifyRequest } from '@parley/protocol/signing'
import { type BodySchema, parseBody } from '@parley/protocol/wire'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Channel, findChannel, findScope, type Scope } from '../../domain/channels/channel-registry.ts'
import { noteSecretUsed } from '../../domain/channels/channel-secrets.ts'
import { AppError } from '../../lib/app-error.ts'
import type { ChatsDeps } from './chats-deps.ts'
import type { Limited } from './rate-limits.ts'

type SigningDeps = Pick<ChatsDeps, 'db' | 'clock' | 'secretBox' | 'log' | 'limits' | 'signatureWindowMs' | 'signedBy'>

/**
 * The channel that a request names in its path and was signed by.
 * @throws {AppError} `ORIGIN_NOT_REGISTERED`, `ORIGIN_INVALID_SIGNATURE`, `ORIGIN_TOO_MANY_REQUESTS`
 */
export async function getSigningChannel(
  deps: SigningDeps,
  request: FastifyRequest<{ Params: { channelId: string } }>,
  operation: SignedOperation,
): Promise<Channel> {
  const channel = await findChannel(deps, request.params.channelId)
  if (!channel) throw new AppError('ORIGIN_NOT_REGISTERED', 'NOT_FOUND: there is no channel with this id')
  request.recorded.channel = channel
  checkSender(deps, request, { key: channel.id, channel }, operation)
  return channel
}

/** The same for a connection. */
export async function getSigningScope(
  deps: SigningDeps,
  request: FastifyRequest<{ Params: { scopeId: string } }>,
  operation: SignedOperation,
): Promise<Scope> {
  const scope = await findScope(deps, request.params.scopeId)
  if (!scope) {
    throw new AppError(
      'ORIGIN_NOT_REGISTERED',
      'NOT_FOUND: no connection has this scope id; connect the channel to the account first',
    )
  }
  request.recorded.channel = scope.channel
  request.recorded.accountId = scope.accountId
  checkSender(deps, request, { key: scope.id, channel: scope.channel }, operation)
  return scope
}

interface Sender {
  /** What its requests are counted by. */
  key: string
  channel: Channel
}

function checkSender(deps: SigningDeps, request: FastifyRequest, sender: Sender, operation: SignedOperation): void {
  const limited: Limited = { ...sender, address: request.raw.socket.remoteAddress ?? '' }
  deps.limits.checkFailures(limited)
  const fault = findFault(deps, request, sender.channel, operation)
  if (fault !== undefined) {
    deps.limits.countFailure(limited)
    throw fault
  }
  deps.limits.countRequest(limited)
}

function findFault(
  deps: SigningDeps,
  request: FastifyRequest,
  channel: Channel,
  operation: SignedOperation,
): AppError | undefined {
  const { method = '', url = '', headers } = request.raw
  const queryAt = url.indexOf('?')
  const signed = {
    method,
    // As it came in: decoding or tidying it would change what was signed.
    path: queryAt < 0 ? url : url.slice(0, queryAt),
    contentMd5: onlyText(headers['content-md5']),
    contentType: headers['content-type'],
    date: headers.date,
    signature: onlyText(headers['x-signature']),
    body: rawBody(request),
  }
  const { signedBy, signatureWindowMs: windowMs } = deps
  const policy = { now: signedBy.now(), operation, legacy: channel.legacySignature, windowMs }
  const verdict = verifyRequest(signed, channel.key, policy)
  if (verdict.ok) {
    if (channel.previous?.isKeyUsed === false) void noteSecretUsed(deps, channel.id)
    return undefined
  }
  const { previous } = channel
  if (previous && previous.until > policy.now && verifyRequest(signed, previous.key, policy).ok) return undefined
  deps.log.debug({ channel: channel.code, fault: verdict.code, operation }, 'a signature was refused')
  return new AppError('ORIGIN_INVALID_SIGNATURE', `invalid signature: ${verdict.message}`)
}

/**
 * The body, as strictly as the channel wants it.
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD`
 */
export function readBody<Schema extends z.ZodType>(
  body: BodySchema<Schema>,
  request: FastifyRequest,
  { isStrict }: Pick<Channel, 'isStrict'>,
): z.output<Schema> {
  const parsed = parseBody(isStrict ? body.strict : body.lenient, rawBody(request))
  if (!parsed.ok) throw new AppError('ORIGIN_INVALID_PAYLOAD', parsed.description)
  return parsed.data
}

const NOTHING = Buffer.alloc(0)

function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : NOTHING
}

function onlyText(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined
}
