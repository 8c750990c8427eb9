import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../lib/app-error.ts'

/** A new version comes with a new server; the tag then tells. */
const ASK_AGAIN_AFTER = 'public, max-age=300'

/** An OpenAPI document as it is sent. */
export interface ApiDocument {
  text: string
  tag: string
}

/** A file of `docs/`, seen from the bundle in `packages/cli/dist` and from the source tree; undefined when there is none. */
export function readDocsFile(file: string): string | undefined {
  const candidates = ['../../../docs', '../../../../../docs'].map((folder) => join(import.meta.dirname, folder, file))
  const path = candidates.find(existsSync)
  return path === undefined ? undefined : readFileSync(path, 'utf8')
}

export function readApiDocument(name: 'openapi.json' | 'chats-openapi.json'): ApiDocument | undefined {
  const found = readDocsFile(`api/${name}`)
  if (found === undefined) return undefined
  // Without the line breaks that are there for whoever reads a change of it.
  const text = JSON.stringify(JSON.parse(found))
  return { text, tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
}

/** It is the same for everybody, and may be read from pages of other sites. */
export function answerDocument(
  document: ApiDocument | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (!document) throw new AppError('not_found', 'This installation came without the document of the API.')
  reply
    .headers({ 'cache-control': ASK_AGAIN_AFTER, etag: document.tag, 'access-control-allow-origin': '*' })
    .type('application/json; charset=utf-8')
  return request.headers['if-none-match'] === document.tag ? reply.code(304).send() : reply.send(document.text)
}
