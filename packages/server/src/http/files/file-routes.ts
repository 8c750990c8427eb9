import type { AccountId, FileId } from '@parley/protocol/model'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../../domain/deps.ts'
import { findFile, type KeptFile, storageKey } from '../../domain/media/file-queries.ts'
import { attachmentHeader } from '../../lib/content-disposition.ts'
import { cleanFileName } from '../../lib/file-name.ts'
import type { ByteRange } from '../../lib/file-storage.ts'
import { isUuid } from '../../lib/page-key.ts'
import { readRange } from './read-range.ts'
import { howToSend } from './shown-types.ts'

type FileDeps = Pick<Deps, 'hotPool' | 'storage' | 'log'>

interface FileParams {
  accountId: string
  fileId: string
  name: string
}

const HEADERS = {
  // A file that is opened by itself is a page of nobody: it can run nothing and load nothing.
  'content-security-policy': "default-src 'none'; sandbox",
  'referrer-policy': 'no-referrer',
  // Whoever knows the link may show the file, also on a page of another site: the link is the key.
  'cross-origin-resource-policy': 'cross-origin',
  // For one browser, not for proxies; and for ever: what a link leads to never changes.
  'cache-control': 'private, max-age=31536000, immutable',
  'accept-ranges': 'bytes',
}

/**
 * `GET /files/{account}/{file}/{name}`: a file, for whoever knows its link. No log-in: channels and messengers fetch from
 * here, too. The name is for people and is not looked at.
 */
export function fileRoutes(app: FastifyInstance, deps: FileDeps): void {
  app.route<{ Params: FileParams }>({
    method: ['GET', 'HEAD'],
    url: '/files/:accountId/:fileId/:name',
    handler: async (request, reply) => {
      const accountId = Number(request.params.accountId) as AccountId
      const file = await findByLink(deps, accountId, request.params.fileId)
      if (!file) return answerMissing(reply)
      reply.headers(HEADERS).headers(describe(file, request.params.name))
      if (isKnown(request, file)) return reply.code(304).send()
      return sendFile(deps, request, reply, { accountId, file })
    },
  })
}

const LARGEST_INTEGER = 2 ** 31 - 1

async function findByLink({ hotPool }: FileDeps, accountId: AccountId, id: string): Promise<KeptFile | undefined> {
  if (!Number.isInteger(accountId) || accountId < 1 || accountId > LARGEST_INTEGER || !isUuid(id)) return undefined
  return findFile(hotPool, accountId, id.toLowerCase() as FileId)
}

function answerMissing(reply: FastifyReply): FastifyReply {
  const message = 'There is no such file.'
  return reply
    .code(404)
    .header('cache-control', 'no-store')
    .send({ error: { code: 'not_found', message } })
}

function answerLater(reply: FastifyReply): FastifyReply {
  const message = 'The file storage does not answer. Try again.'
  return reply
    .code(503)
    .headers({ 'cache-control': 'no-store', 'retry-after': '5' })
    .send({ error: { code: 'internal', message } })
}

const etagOf = ({ id }: KeptFile) => `"${id}"`

function describe(file: KeptFile, name: string): Record<string, string> {
  const { contentType, isAttachment } = howToSend(file.mediaType)
  return {
    etag: etagOf(file),
    'content-type': contentType,
    ...(isAttachment && { 'content-disposition': attachmentHeader(cleanFileName(name) || 'file') }),
  }
}

/** Whoever asks has it already. */
function isKnown({ headers }: FastifyRequest, file: KeptFile): boolean {
  const tags = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags !== undefined && (tags.includes(etagOf(file)) || tags.includes('*'))
}

/** A range is meant for the file it was begun with. */
function rangeOf({ headers, method }: FastifyRequest, file: KeptFile): ByteRange | 'unsatisfiable' | undefined {
  const condition = headers['if-range']
  if (method !== 'GET' || (condition !== undefined && condition !== etagOf(file))) return undefined
  return readRange(headers.range, file.sizeBytes)
}

async function sendFile(
  deps: FileDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { accountId, file }: { accountId: AccountId; file: KeptFile },
): Promise<FastifyReply> {
  const range = rangeOf(request, file)
  if (range === 'unsatisfiable') {
    return reply
      .code(416)
      .headers({ 'content-range': `bytes */${file.sizeBytes}`, 'cache-control': 'no-store' })
      .send()
  }
  const { start, end } = range ?? { start: 0, end: file.sizeBytes - 1 }
  reply.header('content-length', end - start + 1)
  if (request.method === 'HEAD') return reply.send()
  const bytes = await readBytes(deps, storageKey(accountId, file.sha256), range)
  if (typeof bytes === 'string') {
    for (const name of ['content-length', 'content-disposition', 'etag']) reply.removeHeader(name)
    reply.type('application/json; charset=utf-8')
    return bytes === 'lost' ? answerMissing(reply) : answerLater(reply)
  }
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${file.sizeBytes}`)
  return reply.send(bytes)
}

async function readBytes({ storage, log }: FileDeps, key: string, range: ByteRange | undefined) {
  try {
    const bytes = await storage.read(key, range)
    if (bytes) return bytes
    log.error({ key }, 'a file is not in the storage')
    return 'lost'
  } catch (error) {
    log.error({ err: error, key }, 'the file storage does not answer')
    return 'unreachable'
  }
}
