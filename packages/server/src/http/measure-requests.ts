import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

// One process, one set of figures, however many servers a test starts in it.
const registry = new Registry()
const duration = new Histogram({
  name: 'parley_http_request_duration_seconds',
  help: 'From the request line to the last byte of the answer.',
  labelNames: ['surface', 'status'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
})
let isCollecting = false

/** By first path segments, never by whole paths: the number of series stays small whatever is asked for. */
const SURFACES: readonly (readonly [prefix: string, surface: string])[] = [
  ['/v2/', 'chats'],
  ['/api/app/', 'app'],
  ['/api/admin/', 'admin'],
  ['/api/', 'crm'],
  ['/oauth2/', 'crm'],
  ['/private/', 'crm'],
]
/** An open event stream lasts for hours and says nothing about speed. */
const NOT_MEASURED = '/realtime'

export function measureRequests(app: FastifyInstance): void {
  if (!isCollecting) collectDefaultMetrics({ register: registry })
  isCollecting = true
  app.addHook('onResponse', (request, reply, done) => {
    if (!request.url.startsWith(NOT_MEASURED)) seriesOf(request.url, reply.statusCode).observe(reply.elapsedTime / 1000)
    done()
  })
}

export async function readMetrics(): Promise<{ contentType: string; text: string }> {
  return { contentType: registry.contentType, text: await registry.metrics() }
}

type Series = ReturnType<typeof duration.labels>
const known = new Map<string, Series>()

/** Looked up by one short string: prom-client would hash the labels on every request. */
function seriesOf(url: string, statusCode: number): Series {
  const surface = SURFACES.find(([prefix]) => url.startsWith(prefix))?.[1] ?? 'pages'
  const status = `${Math.floor(statusCode / 100)}xx`
  const key = surface + status
  const series = known.get(key) ?? duration.labels(surface, status)
  known.set(key, series)
  return series
}
