import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Latency, latencyOf, sharedNowMs, sleep } from './figures.ts'
import { RawConnection, rawRequest } from './raw-client.ts'
import { messageRequest, type Sample, TEXT } from './sample.ts'
import type { ServerProcess } from './server-process.ts'
import { logIn } from './session.ts'

export interface HookFigures {
  clicksPerSecond: number | 'one by one'
  sent: number
  received: number
  /** From the first byte of the manager's request to the hook at the channel. */
  clickToHookMs: Latency
}

/** The channel's end: notes when each message's hook came, answers 200 at once. */
export class HookEndpoint {
  readonly arrivals = new Map<string, number>()
  readonly url: string
  readonly #close: () => void

  private constructor(url: string, close: () => void) {
    this.url = url
    this.#close = close
  }

  static async open(): Promise<HookEndpoint> {
    const endpoint: { current?: HookEndpoint } = {}
    const server = createServer((request, response) => {
      const now = sharedNowMs()
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const id = /"message":\{"id":"([^"]+)"/.exec(Buffer.concat(chunks).toString())?.[1] ?? ''
        endpoint.current?.arrivals.set(id, now)
        response.end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    endpoint.current = new HookEndpoint(`http://127.0.0.1:${port}/hooks/:scope_id`, () => {
      server.closeAllConnections()
      server.close()
    })
    return endpoint.current
  }

  close(): void {
    this.#close()
  }
}

const CHATS = 200

/** Chats of the first account to answer in. */
async function makeChats(server: ServerProcess, sample: Sample): Promise<string[]> {
  const [account] = sample.accounts
  if (!account) throw new Error('The sample has no accounts.')
  const connection = await RawConnection.open(server.port)
  const chats: string[] = []
  for (let index = 0; index < CHATS; index += 1) {
    const message = { msgid: `h-${index}`, chat: `hook-${index}`, client: `u-hook-${index}`, text: TEXT }
    const { body } = await connection.send(messageRequest(sample.channel, account, message))
    chats.push((JSON.parse(body) as { new_message: { conversation_id: string } }).new_message.conversation_id)
  }
  connection.close()
  return chats
}

/** Managers answer: one by one with a pause (idle), then at a steady rate. */
export async function measureHooks(
  server: ServerProcess,
  sample: Sample,
  endpoint: HookEndpoint,
  rates: { idle: number; perSecond: number; seconds: number },
): Promise<HookFigures[]> {
  const [account] = sample.accounts
  if (!account) throw new Error('The sample has no accounts.')
  const [cookie, chats] = [await logIn(server, account), await makeChats(server, sample)]
  const clickers = await Promise.all(Array.from({ length: 16 }, () => RawConnection.open(server.port)))
  const click = async (connection: RawConnection, index: number, clicks: Map<string, number>) => {
    const id = crypto.randomUUID()
    const body = JSON.stringify({ id, text: 'We kept one for you.' })
    const path = `/api/app/v1/chats/${chats[index % chats.length]}/messages`
    const request = rawRequest('POST', path, { 'Content-Type': 'application/json', Cookie: cookie }, body)
    clicks.set(id, sharedNowMs())
    const answer = await connection.send(request)
    if (answer.status !== 200) throw new Error(`The server answered ${answer.status}: ${answer.body}`)
  }

  const idleClicks = new Map<string, number>()
  for (let index = 0; index < rates.idle; index += 1) {
    await click(clickers[0] as RawConnection, index, idleClicks)
    await sleep(20)
  }
  const steadyClicks = new Map<string, number>()
  const underWay: Promise<void>[] = []
  const idle = [...clickers]
  const startedAt = performance.now()
  for (let sent = 0; sent < rates.perSecond * rates.seconds; ) {
    const connection = performance.now() - startedAt >= (sent / rates.perSecond) * 1000 ? idle.pop() : undefined
    if (connection) underWay.push(click(connection, sent++, steadyClicks).then(() => void idle.push(connection)))
    else await sleep(1)
  }
  await Promise.all(underWay)
  await untilArrived(endpoint, [...idleClicks.keys(), ...steadyClicks.keys()])
  for (const connection of clickers) connection.close()
  return [figures('one by one', idleClicks, endpoint), figures(rates.perSecond, steadyClicks, endpoint)]
}

const ARRIVES_WITHIN_MS = 10_000

async function untilArrived(endpoint: HookEndpoint, ids: readonly string[]): Promise<void> {
  for (const deadline = Date.now() + ARRIVES_WITHIN_MS; Date.now() < deadline; await sleep(20)) {
    if (ids.every((id) => endpoint.arrivals.has(id))) return
  }
}

function figures(
  clicksPerSecond: HookFigures['clicksPerSecond'],
  clicks: ReadonlyMap<string, number>,
  endpoint: HookEndpoint,
): HookFigures {
  const took: number[] = []
  for (const [id, clickedAt] of clicks) {
    const arrivedAt = endpoint.arrivals.get(id)
    if (arrivedAt !== undefined) took.push(arrivedAt - clickedAt)
  }
  return { clicksPerSecond, sent: clicks.size, received: took.length, clickToHookMs: latencyOf(took) }
}
