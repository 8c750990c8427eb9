import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../lib/app-error.ts'

/** Lets through who shows the admin token. */
export function requireAdminToken(adminToken: string) {
  if (adminToken === '') throw new Error('The admin API needs a token.')
  const expected = digestOf(adminToken)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    // Digests have one length, so the comparison tells nothing of the token's.
    if (token !== undefined && timingSafeEqual(digestOf(token), expected)) return
    reply.header('www-authenticate', 'Bearer')
    const problem = token === undefined ? 'is missing' : 'is wrong'
    throw new AppError('not_logged_in', `The admin token ${problem}: send it as "Authorization: Bearer <token>".`)
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
