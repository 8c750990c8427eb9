import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Viewer } from '../../domain/users/viewer.ts'
import { AppError } from '../../lib/app-error.ts'
import { findViewerAgain, sessionTokenOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** `GET /realtime`: the account's events as Server-Sent Events (`RealtimeEvent`), resumed by number. */
export function realtimeRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/realtime', async (request, reply) => {
    const after = readAfter(request)
    const who = await readViewer(deps, request)
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // nginx would collect what it should pass on.
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    raw.socket?.setNoDelay(true)
    // Something at once: proxies and readers then know that the stream stands.
    raw.write(': open\n\n')
    try {
      const close = await deps.streams.open(
        {
          ...who,
          after,
          sessionToken: sessionTokenOf(request),
          isStillAllowed: () => isStillAllowed(deps, request),
        },
        raw,
      )
      raw.on('close', close)
      if (raw.destroyed) close()
    } catch (error) {
      request.log.error({ err: error }, 'an event stream could not be opened')
      raw.end()
    }
  })
}

/** `Last-Event-ID` is what a browser sends by itself when it comes back, so it is newer than what stands in the URL. */
function readAfter(request: FastifyRequest): number | undefined {
  const given = request.headers['last-event-id'] ?? (request.query as { after?: string }).after
  if (given === undefined || given === '') return undefined
  const after = Number(given)
  if (!Number.isSafeInteger(after) || after < 0)
    throw new AppError('invalid_request', 'after: use the number of the last event you have')
  return after
}

/** Who asks, as of an event: rights that change from there on are seen in the stream itself. */
async function readViewer(deps: AppDeps, request: FastifyRequest): Promise<{ viewer: Viewer; viewerSeq: number }> {
  const viewerSeq = await deps.streams.lastSeq(viewerOf(request).account.id)
  const viewer = await findViewerAgain(deps, request)
  if (!viewer) throw new AppError('not_logged_in', 'Log in first, or send a token: Authorization: Bearer prl_…')
  return { viewer, viewerSeq }
}

const isStillAllowed = async (deps: AppDeps, request: FastifyRequest) =>
  (await findViewerAgain(deps, request)) !== undefined
