import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic, { type SetHeadersResponse } from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What the screens need and nothing more; they are tested under it (ui.md §6.8). */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "frame-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const PAGE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), payment=()',
}

/** The consent page that a program opened in a window, to be told there what came of it. It knows its opener; no other page does. */
const ANSWERS_ITS_OPENER = /^\/oauth\?(.*&)?mode=post_message(&|$)/

/** Vite puts a hash into the name of everything in here. */
const HASHED = '/assets/'
const FOR_EVER = 'public, max-age=31536000, immutable'
const ASK_AGAIN = 'no-cache'

/**
 * First parts of paths that are never a screen: an unknown one there is an error, not the app's start page. The service worker
 * keeps the same list (packages/web/src/service-worker/plan-request.ts).
 */
const NOT_A_SCREEN = /^\/(v2|api|files|oauth2|private|realtime|assets|healthz|readyz|metrics)(\/|\?|$)/

/** The screens: files of the web build, and the app's one page for every address of its own. */
export async function pagesRoutes(app: FastifyInstance): Promise<void> {
  const root = findWebBuild()
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(PAGE_HEADERS)
    if (ANSWERS_ITS_OPENER.test(request.url)) reply.header('cross-origin-opener-policy', 'unsafe-none')
    done()
  })
  if (root === undefined) {
    app.get('/', (_request, reply) =>
      reply.code(503).type('text/plain').send('The screens are not built: run npm run build.\n'),
    )
    return
  }
  const sent = (cacheControl: string) => ({
    cacheControl: false,
    // The build has each text as it is sent, too (packages/web/compress-plugin.ts).
    preCompressed: true,
    setHeaders(reply: SetHeadersResponse) {
      reply.setHeader('cache-control', cacheControl)
      reply.setHeader('vary', 'accept-encoding')
    },
  })
  // One route for the hundreds of files there: a route each takes a tenth of the start.
  await app.register(fastifyStatic, {
    root: join(root, HASHED),
    prefix: HASHED,
    decorateReply: false,
    ...sent(FOR_EVER),
  })
  await app.register(fastifyStatic, { root, wildcard: false, globIgnore: ['assets/**'], ...sent(ASK_AGAIN) })
  app.get('/*', (request, reply) =>
    isScreen(request) ? reply.sendFile('index.html') : (reply.callNotFound() as unknown as FastifyReply),
  )
}

function isScreen(request: FastifyRequest): boolean {
  return !NOT_A_SCREEN.test(request.url) && (request.headers.accept ?? '*/*').includes('html')
}

/** Seen from the source tree, and from the bundle in `packages/cli/dist`. */
function findWebBuild(): string | undefined {
  const candidates = ['../../../web/dist', '../../web/dist'].map((path) => join(import.meta.dirname, path))
  return candidates.find((path) => existsSync(join(path, 'index.html')))
}
