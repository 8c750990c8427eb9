import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../../lib/app-error.ts'

/** A new version comes with a new server; the tag then tells. */
const ASK_AGAIN_AFTER = 'public, max-age=300'

/** `GET /openapi.json`: what this API can do, for people and the tools they read it with. It is the same for everybody. */
export function documentRoutes(app: FastifyInstance): void {
  const document = readDocument()

  app.get('/openapi.json', async (request, reply) => {
    if (!document) throw new AppError('not_found', 'This installation came without the document of the API.')
    reply
      .headers({ 'cache-control': ASK_AGAIN_AFTER, etag: document.tag, 'access-control-allow-origin': '*' })
      .type('application/json; charset=utf-8')
    return request.headers['if-none-match'] === document.tag ? reply.code(304).send() : reply.send(document.text)
  })
}

/** Seen from the bundle in `packages/cli/dist`, and from the source tree. */
function readDocument(): { text: string; tag: string } | undefined {
  const candidates = ['../../../docs/api', '../../../../../docs/api'].map((folder) =>
    join(import.meta.dirname, folder, 'openapi.json'),
  )
  const path = candidates.find(existsSync)
  if (path === undefined) return undefined
  // Without the line breaks that are there for whoever reads a change of it.
  const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')))
  return { text, tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
}
