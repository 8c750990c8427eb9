import { type SignedOperation, verifyRequest } from '@parley/protocol/signing'
import { parseBody } from '@parley/protocol/wire'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Channel, findChannel, findScope, type Scope } from '../../domain/channels/channel-registry.ts'
import type { Deps } from '../../domain/deps.ts'
import { AppError } from '../../lib/app-error.ts'

/**
 * The channel that a request names in its path and was signed by.
 * @throws {AppError} `ORIGIN_NOT_REGISTERED`, `ORIGIN_INVALID_SIGNATURE`
 */
export async function getSigningChannel(
  deps: Deps,
  request: FastifyRequest<{ Params: { channelId: string } }>,
  operation: SignedOperation,
): Promise<Channel> {
  const channel = await findChannel(deps, request.params.channelId)
  if (!channel) throw new AppError('ORIGIN_NOT_REGISTERED', 'NOT_FOUND: there is no channel with this id')
  checkSignature(deps, request, channel, operation)
  return channel
}

/** The same for a connection. */
export async function getSigningScope(
  deps: Deps,
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
  checkSignature(deps, request, scope.channel, operation)
  return scope
}

function checkSignature(deps: Deps, request: FastifyRequest, channel: Channel, operation: SignedOperation): void {
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
  const policy = { now: deps.clock.now(), operation, legacy: channel.legacySignature }
  const verdict = verifyRequest(signed, channel.key, policy)
  if (verdict.ok) return
  deps.log.debug({ channel: channel.code, fault: verdict.code, operation }, 'a signature was refused')
  throw new AppError('ORIGIN_INVALID_SIGNATURE', `invalid signature: ${verdict.message}`)
}

/** @throws {AppError} `ORIGIN_INVALID_PAYLOAD` */
export function readBody<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.infer<Schema> {
  const parsed = parseBody(schema, rawBody(request))
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
