import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { ChannelId, HookAnswer } from '@parley/protocol/model'
import { verifyHook } from '@parley/protocol/signing'
import { findScope, type Scope } from '../../domain/channels/channel-registry.ts'
import type { Deps } from '../../domain/deps.ts'
import { takeHook } from '../../domain/simulator/take-hook.ts'

type EndpointDeps = Pick<Deps, 'db' | 'clock' | 'secretBox' | 'whisper' | 'log'>

/** Each holds a place among the channel's deliveries, which other accounts want, too. */
const MOST_HANGING = 4
const GARBAGE = Buffer.from('\x00\xff\x00{"half":\x1b[31m', 'latin1')

/**
 * A channel's endpoint that lives in this server: it checks the signature as a channel should, remembers what came and answers what
 * was chosen on the screen. Reached by `createInnerFetch` alone.
 */
export function createHookEndpoint(deps: EndpointDeps): RequestListener {
  const hanging = new Map<ChannelId, number>()

  async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat((await request.toArray()) as Buffer[])
    const scope = await findScope(deps, request.url?.split('/').at(-1) ?? '')
    if (!scope) return void response.writeHead(404).end()
    const answer = await takeHook(deps, scope, arrived(scope, request, body))
    await perform(scope.channelId, answer, response)
  }

  async function perform(channelId: ChannelId, answer: HookAnswer, response: ServerResponse): Promise<void> {
    switch (answer.kind) {
      case 'ok':
        return void response.writeHead(200, JSON_TYPE).end('{}')
      case 'status':
        return void response.writeHead(answer.status, JSON_TYPE).end(`{"simulated":${answer.status}}`)
      case 'garbage':
        return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(GARBAGE)
      case 'reset':
        return void response.destroy()
      case 'hang':
      case 'slow':
        return hold(channelId, answer, response)
    }
  }

  /** Until the other side has had enough, or the seconds are over. */
  async function hold(channelId: ChannelId, answer: HookAnswer, response: ServerResponse): Promise<void> {
    const count = hanging.get(channelId) ?? 0
    if (count >= MOST_HANGING) return void response.writeHead(503, JSON_TYPE).end('{"simulated":"too many wait"}')
    hanging.set(channelId, count + 1)
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const closed = new Promise<void>((resolve) => gone.signal.addEventListener('abort', () => resolve()))
    if (answer.kind === 'slow') await deps.clock.sleep(answer.seconds * 1000, gone.signal)
    else await closed
    hanging.set(channelId, (hanging.get(channelId) ?? 1) - 1)
    if (!gone.signal.aborted) response.writeHead(200, JSON_TYPE).end('{}')
  }

  return (request, response) => {
    answerRequest(request, response).catch((error: unknown) => {
      deps.log.error({ err: error }, 'the simulator could not take a hook')
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

function arrived({ channel }: Scope, { headers }: IncomingMessage, body: Buffer) {
  const given = textOf(headers['x-signature'])
  const verdict = verifyHook(body, given, channel.key)
  const { previous } = channel
  // While a rotation is under way hooks are signed with the secret before.
  const isRight = verdict.ok || (previous !== undefined && verifyHook(body, given, previous.key).ok)
  return {
    requestId: textOf(headers['x-request-id']) ?? '',
    attempt: Number(headers['x-parley-attempt'] ?? 1),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: body.toString('utf8'),
    signature: { isRight, fault: isRight || verdict.ok ? null : verdict.message },
  }
}

const textOf = (header: string | string[] | undefined) => (typeof header === 'string' ? header : undefined)
