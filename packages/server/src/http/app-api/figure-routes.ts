import { Readable } from 'node:stream'
import { figuresCsvQuery, figuresQuery } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { exportFigures } from '../../domain/figures/figures-csv.ts'
import { getFigures } from '../../domain/figures/get-figures.ts'
import { attachmentHeader } from '../../lib/content-disposition.ts'
import { readInput } from '../middleware/read-input.ts'
import { actorOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function figureRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/figures', async (request) => getFigures(deps, viewerOf(request), readInput(figuresQuery, request.query)))

  app.get('/figures.csv', async (request, reply) => {
    const asked = readInput(figuresCsvQuery, request.query)
    const by = { viewer: viewerOf(request), actor: actorOf(request) }
    const { name, pieces } = await exportFigures(deps, by, asked)
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', attachmentHeader(name))
      .send(Readable.from(pieces))
  })
}
