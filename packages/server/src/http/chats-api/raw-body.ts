import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../lib/app-error.ts'

const LONGEST_BODY_BYTES = 1024 * 1024

/** The signature covers the bytes as sent, so a body stays a Buffer, whatever its Content-Type says: the check has words for a wrong one. */
export function takeRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const options = { parseAs: 'buffer', bodyLimit: LONGEST_BODY_BYTES } as const
  for (const type of ['application/json', '*'])
    app.addContentTypeParser(type, options, (_, body, done) => done(null, body))
}

/**
 * A hook for routes by GET. Fastify reads no body there, and HTTP allows one: what was sent is then what the digest is of.
 * @throws {AppError} `ORIGIN_BODY_TOO_LARGE`
 */
export async function readStrayBody(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { headers } = request.raw
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  if (!hasBody) return
  if (Number(headers['content-length'] ?? 0) > LONGEST_BODY_BYTES) throw tooLarge(reply)
  const chunks: Buffer[] = []
  let bytes = 0
  // Kept open when we leave early: the refusal goes out on the same connection.
  for await (const chunk of request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > LONGEST_BODY_BYTES) throw tooLarge(reply)
    chunks.push(chunk)
  }
  request.body = Buffer.concat(chunks)
}

function tooLarge(reply: FastifyReply): AppError {
  // What was not read would be taken for the next request.
  reply.header('connection', 'close')
  return new AppError('ORIGIN_BODY_TOO_LARGE', 'body: must not be larger than 1 MiB')
}
