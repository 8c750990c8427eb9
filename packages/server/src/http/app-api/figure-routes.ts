import { figuresCsvQuery, figuresQuery } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { toFiguresCsv } from '../../domain/figures/figures-csv.ts'
import { getFigures } from '../../domain/figures/get-figures.ts'
import { attachmentHeader } from '../../lib/content-disposition.ts'
import { readInput } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function figureRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/figures', async (request) => getFigures(deps, viewerOf(request), readInput(figuresQuery, request.query)))

  app.get('/figures.csv', async (request, reply) => {
    const viewer = viewerOf(request)
    const { table, ...query } = readInput(figuresCsvQuery, request.query)
    const figures = await getFigures(deps, viewer, query)
    const csv = await toFiguresCsv(deps.db, viewer.account.id, figures, table)
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', attachmentHeader(`${table} ${figures.from} ${figures.to}.csv`))
      .send(csv)
  })
}
