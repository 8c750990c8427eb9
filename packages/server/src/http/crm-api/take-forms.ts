import type { FastifyInstance } from 'fastify'
import { AppError } from '../../lib/app-error.ts'

/** `a=1&b=2`; some programs send JSON and say that it is a form. */
export function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) => {
    const body = String(text)
    if (!body.startsWith('{')) return done(null, Object.fromEntries(new URLSearchParams(body)))
    try {
      done(null, JSON.parse(body))
    } catch {
      done(new AppError('invalid_request', 'The body is neither a form nor JSON.'))
    }
  })
}
