import type { FastifyInstance, FastifyReply } from 'fastify'
import { escapeHtml } from '../../domain/digests/present-digest.ts'
import { describeSubscriber, unsubscribe } from '../../domain/digests/unsubscribe.ts'
import { textsIn } from '../../domain/notifications/notice-texts.ts'
import type { AppDeps } from './app-deps.ts'

interface Params {
  Params: { token: string }
}

/**
 * Where the links of a digest lead, without log-in: a mail is read where nobody is logged in. Looking changes nothing, for
 * mail programs look at every link; one click does, theirs too (RFC 8058).
 */
export function unsubscribeRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, done) => {
    payload.resume()
    done(null)
  })

  app.get<Params>('/unsubscribe/:token', async (request, reply) => {
    const found = await describeSubscriber(deps, request.params.token)
    const texts = textsIn(found?.language ?? 'en')
    if (!found) return answerPage(reply.code(404), 'en', `<p>${escapeHtml(texts('digest.stopUnknown'))}</p>`)
    const question = escapeHtml(texts('digest.stopQuestion', { account: found.account }))
    const button = `<form method="post"><button>${escapeHtml(texts('digest.stop'))}</button></form>`
    return answerPage(reply, found.language, `<p>${question}</p>${button}`)
  })

  app.post<Params>('/unsubscribe/:token', async (request, reply) => {
    const done = await unsubscribe(deps, request.params.token)
    const language = done?.language ?? 'en'
    const text = textsIn(language)(done ? 'digest.stopped' : 'digest.stopUnknown')
    return answerPage(reply.code(done ? 200 : 404), language, `<p>${escapeHtml(text)}</p>`)
  })
}

const STYLE =
  'body{font:16px/24px system-ui,sans-serif;max-width:480px;margin:15vh auto;padding:0 16px;color-scheme:light dark}button{font:inherit;padding:6px 14px}'

function answerPage(reply: FastifyReply, language: string, body: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    )
    .header('referrer-policy', 'no-referrer')
    .send(
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Parley</title><style>${STYLE}</style></head><body>${body}</body></html>\n`,
    )
}
