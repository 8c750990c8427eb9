import { rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { AccountId, ChatId, MessageId, UserId } from '@parley/protocol/model'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { accessChat } from '../../domain/chats/access-chat.ts'
import type { KeptFile } from '../../domain/media/file-queries.ts'
import { keepFile } from '../../domain/media/keep-file.ts'
import { describeSize } from '../../domain/media/plan-fetch.ts'
import { presentUpload } from '../../domain/media/present-attachments.ts'
import { retryMedia } from '../../domain/media/retry-media.ts'
import { getUploadLimit, UploadPlaces } from '../../domain/media/upload-limits.ts'
import { getMessage } from '../../domain/messages/message-queries.ts'
import { AppError } from '../../lib/app-error.ts'
import { cleanFileName } from '../../lib/file-name.ts'
import { type ReceivedFile, receiveFile, TooLargeError, WriteError } from '../../lib/receive-file.ts'
import { watchSilence } from '../../lib/silence-watch.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

const uploadQuery = z.object({
  name: z
    .string()
    .max(1024)
    .refine((text) => !text.includes('\0'), 'must not contain the character U+0000')
    .default(''),
})

const MOST_AT_ONCE = 6
const RETRY_AFTER_SECONDS = 5
const LIMITS = { silenceMs: 60_000, wholeMs: 3_600_000 }

/** Files that people bring, and those that could not be copied. */
export async function fileRoutes(app: FastifyInstance, deps: AppDeps): Promise<void> {
  app.post('/chats/:chatId/messages/:messageId/media/retry', async (request) => {
    const viewer = viewerOf(request)
    const accountId = viewer.account.id
    const chatId = await accessChat(deps.hotPool, viewer, readUuid<ChatId>(request.params, 'chatId'))
    const messageId = readUuid<MessageId>(request.params, 'messageId')
    await retryMedia(deps, { accountId, chatId, messageId })
    return { message: await getMessage(deps.hotPool, accountId, chatId, messageId) }
  })
  const upload: FastifyPluginAsync = async (scope) => uploadRoute(scope, deps)
  await app.register(upload)
}

/** `POST /files?name=photo.jpg`: the body is the file, of whatever type it says it is. */
function uploadRoute(app: FastifyInstance, deps: AppDeps): void {
  const places = new UploadPlaces<UserId>(MOST_AT_ONCE)
  app.removeAllContentTypeParsers()
  // The stream itself: nothing is read before we know who asks and whether it may be that large.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  // Whatever a browser calls the file, also what is no media type at all: its bytes say what it is.
  app.addHook('onRequest', (request, _reply, done) => {
    request.raw.headers['content-type'] = 'application/octet-stream'
    done()
  })
  app.post('/files', async (request, reply) => {
    const { account, user } = viewerOf(request)
    const { name } = readInput(uploadQuery, request.query)
    if (!places.take(user.id)) {
      throw new AppError('too_many_attempts', `At most ${MOST_AT_ONCE} files can be uploaded at once.`, {
        details: { retryAfterSeconds: RETRY_AFTER_SECONDS },
      })
    }
    try {
      const file = await takeFile(deps, account.id, request)
      reply.code(201)
      return presentUpload(account.id, file, cleanFileName(name) || 'file')
    } finally {
      places.giveBack(user.id)
    }
  })
}

async function takeFile(deps: AppDeps, accountId: AccountId, request: FastifyRequest): Promise<KeptFile> {
  const maxBytes = await getUploadLimit(deps.hotPool, accountId)
  if (Number(request.headers['content-length']) > maxBytes) throw tooLarge(maxBytes)
  const path = deps.temporaryFiles.newPath()
  const received = await receiveBody(deps, request.raw, { path, maxBytes })
  if (received.sizeBytes > 0) return keepFile(deps, accountId, { path, ...received })
  await rm(path, { force: true })
  throw new AppError('invalid_request', 'The body must be the file; it is empty.')
}

async function receiveBody(
  { clock }: AppDeps,
  body: IncomingMessage,
  { path, maxBytes }: { path: string; maxBytes: number },
): Promise<ReceivedFile> {
  const watch = watchSilence(clock, LIMITS, () => body.destroy())
  try {
    // Left open when we stop reading, for our answer goes back over the same connection.
    const source = body.iterator({ destroyOnReturn: false })
    return await receiveFile(source, path, { maxBytes, onBytes: watch.hear })
  } catch (error) {
    if (error instanceof TooLargeError) throw tooLarge(maxBytes)
    if (error instanceof WriteError) throw error
    // Nobody is left to read this.
    throw new AppError('invalid_request', 'The upload broke off.', { cause: error })
  } finally {
    watch.end()
  }
}

const tooLarge = (maxBytes: number) =>
  new AppError('too_large', `The file must not be larger than ${describeSize(maxBytes)}.`, { details: { maxBytes } })
