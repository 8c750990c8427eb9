import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Deps } from '../domain/deps.ts'
import { readMetrics } from './measure-requests.ts'

const ANSWER_MS = 2_000

/** For whoever watches over the process. */
export function healthRoutes(app: FastifyInstance, deps: Pick<Deps, 'db' | 'clock'>, isStopping: () => boolean): void {
  app.get('/healthz', () => ({ status: 'alive' }))

  app.get('/readyz', async (_request, reply) => {
    const reason = isStopping() ? 'stopping' : (await answers(deps)) ? undefined : 'the database does not answer'
    if (reason === undefined) return { status: 'ready' }
    return reply.code(503).send({ status: 'not_ready', reason })
  })

  app.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await readMetrics()
    return reply.type(contentType).send(text)
  })
}

async function answers({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<boolean> {
  const given = new AbortController()
  const question = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
  const isUp = await Promise.race([question, clock.sleep(ANSWER_MS, given.signal).then(() => false)])
  given.abort()
  return isUp
}
