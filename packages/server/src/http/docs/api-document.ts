import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../lib/app-error.ts'

/** A new version comes with a new server; the tag then tells. */
const ASK_AGAIN_AFTER = 'public, max-age=300'

/** An OpenAPI document as it is sent. */
interface ApiDocument {
  text: string
  gzipped: Buffer
  tag: string
}

/** A file of `docs/`, seen from the bundle in `packages/cli/dist` and from the source tree; undefined when there is none. */
export function readDocsFile(file: string): string | undefined {
  const candidates = ['../../../docs', '../../../../../docs'].map((folder) => join(import.meta.dirname, folder, file))
  const path = candidates.find(existsSync)
  return path === undefined ? undefined : readFileSync(path, 'utf8')
}

/** Read when it is first asked for, and kept: a megabyte, which most starts of a server never need. */
export function apiDocument(name: 'openapi.json' | 'chats-openapi.json'): () => ApiDocument | undefined {
  let kept: ApiDocument | undefined
  return () => {
    kept ??= readApiDocument(name)
    return kept
  }
}

function readApiDocument(name: string): ApiDocument | undefined {
  const found = readDocsFile(`api/${name}`)
  if (found === undefined) return undefined
  // Without the line breaks that are there for whoever reads a change of it.
  const text = JSON.stringify(JSON.parse(found))
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  // Weak: it is the same document, packed or not (RFC 9110, 8.8.1).
  return { text, gzipped: gzipSync(text), tag: `W/"${digest}"` }
}

/** It is the same for everybody, and may be read from pages of other sites. */
export function answerDocument(
  document: ApiDocument | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (!document) throw new AppError('not_found', 'This installation came without the document of the API.')
  const { text, gzipped, tag } = document
  reply
    .headers({
      'cache-control': ASK_AGAIN_AFTER,
      etag: tag,
      vary: 'accept-encoding',
      'access-control-allow-origin': '*',
    })
    .type('application/json; charset=utf-8')
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  const isPacked = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(request.headers['accept-encoding'] ?? '')
  return isPacked ? reply.header('content-encoding', 'gzip').send(gzipped) : reply.send(text)
}
