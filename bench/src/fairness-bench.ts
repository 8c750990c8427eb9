import { Endpoints } from './endpoints.ts'
import { type Latency, latencyOf, sharedNowMs, sleep } from './figures.ts'
import { RawConnection, rawRequest } from './raw-client.ts'
import { makeSample, messageRequest, type Sample, sign, TEXT } from './sample.ts'
import type { ServerProcess } from './server-process.ts'
import { logIn } from './session.ts'

export interface FairnessFigures {
  endpoints: number
  hanging: number
  clicksPerSecond: number
  /** Click to hook at those that answer: while all do, and while the hanging ones hang. */
  alone: Latency
  beside: Latency
  /** Of the answers to those that answer: hooks that did not come. */
  missing: number
}

const ENDPOINTS = 50
const HANGING = 5
const CHATS_PER_CHANNEL = 4
const CLICKS_PER_SECOND = 100
/** Of ten clicks one goes to a hanging channel. */
const EVERY_HANGING = 10
const ARRIVES_WITHIN_MS = 10_000

interface Chat {
  id: string
  channel: number
}

/** Fifty channels with an endpoint each, and managers who answer at a steady rate: twice, the second time beside five that hang. */
export async function measureFairness(server: ServerProcess, seconds: number): Promise<FairnessFigures> {
  const endpoints = await Endpoints.open(ENDPOINTS, 1)
  try {
    const sample = await makeSample(server, { accounts: 1, hookUrl: endpoints.urlOf(0) })
    const chats = await makeChats(server, sample, endpoints)
    // First ever connections, plans and code: no part of either figure.
    await clickFor(server, sample, { chats, endpoints, seconds: 2 })
    const alone = await clickFor(server, sample, { chats, endpoints, seconds })
    const hangingOnes = Array.from({ length: HANGING }, (_, index) => index)
    await endpoints.hang(hangingOnes)
    const beside = await clickFor(server, sample, { chats, endpoints, seconds })
    return {
      endpoints: ENDPOINTS,
      hanging: HANGING,
      clicksPerSecond: CLICKS_PER_SECOND,
      alone: latencyOf(alone.took),
      beside: latencyOf(beside.took),
      missing: alone.missing + beside.missing,
    }
  } finally {
    endpoints.close()
  }
}

async function makeChats(server: ServerProcess, sample: Sample, endpoints: Endpoints): Promise<Chat[]> {
  const account = sample.accounts[0]
  if (!account) throw new Error('The sample has no accounts.')
  const connection = await RawConnection.open(server.port)
  const chats: Chat[] = []
  for (let index = 0; index < ENDPOINTS; index += 1) {
    const channel = await server.admin<Sample['channel']>('POST', '/channels', {
      name: `Bench ${index}`,
      code: `amo.ext.fair${Date.now()}.${index}`,
      webhook_url: endpoints.urlOf(index),
      rate_limit: 100_000,
      accounts: [account.id],
    })
    const path = `/v2/origin/custom/${channel.id}/connect`
    const body = JSON.stringify({ account_id: account.amojoId, title: `Bench ${index}`, hook_api_version: 'v2' })
    await connection.send(rawRequest('POST', path, sign(channel.secret, path, body), body))
    const scope = { ...account, scopeId: `${channel.id}_${account.amojoId}` }
    for (let chat = 0; chat < CHATS_PER_CHANNEL; chat += 1) {
      const name = `fair-${index}-${chat}`
      const message = { msgid: name, chat: name, client: `u-${name}`, text: TEXT }
      const answer = await connection.send(messageRequest(channel, scope, message))
      const { new_message } = JSON.parse(answer.body) as { new_message: { conversation_id: string } }
      chats.push({ id: new_message.conversation_id, channel: index })
    }
  }
  connection.close()
  return chats
}

interface Clicking {
  chats: readonly Chat[]
  endpoints: Endpoints
  seconds: number
}

/** Answers the waiting times at the endpoints that never hang. */
async function clickFor(server: ServerProcess, sample: Sample, { chats, endpoints, seconds }: Clicking) {
  const account = sample.accounts[0]
  if (!account) throw new Error('The sample has no accounts.')
  const cookie = await logIn(server, account)
  const idle = await Promise.all(Array.from({ length: 16 }, () => RawConnection.open(server.port)))
  const all = [...idle]
  const [hanging, healthy] = [chats.filter(isHanging), chats.filter((chat) => !isHanging(chat))]
  const clicks = new Map<string, number>()
  const underWay: Promise<void>[] = []
  const startedAt = performance.now()
  for (let sent = 0; sent < CLICKS_PER_SECOND * seconds; ) {
    const isDue = performance.now() - startedAt >= (sent / CLICKS_PER_SECOND) * 1000
    const connection = isDue ? idle.pop() : undefined
    if (!connection) {
      await sleep(1)
      continue
    }
    const from = sent % EVERY_HANGING === 0 ? hanging : healthy
    const chat = from[sent % from.length]
    const id = crypto.randomUUID()
    if (from === healthy) clicks.set(id, sharedNowMs())
    const body = JSON.stringify({ id, text: 'We kept one for you.' })
    const headers = { 'Content-Type': 'application/json', Cookie: cookie }
    const request = rawRequest('POST', `/api/app/v1/chats/${chat?.id}/messages`, headers, body)
    underWay.push(connection.send(request).then(() => void idle.push(connection)))
    sent += 1
  }
  await Promise.all(underWay)
  for (const connection of all) connection.close()
  return collect(endpoints, clicks)
}

const isHanging = ({ channel }: Chat) => channel < HANGING

async function collect(endpoints: Endpoints, clicks: Map<string, number>) {
  const took: number[] = []
  for (const deadline = Date.now() + ARRIVES_WITHIN_MS; took.length < clicks.size && Date.now() < deadline; ) {
    for (const [id, at] of await endpoints.takeArrivals()) {
      const clickedAt = clicks.get(id)
      if (clickedAt !== undefined) took.push(at - clickedAt)
    }
    await sleep(20)
  }
  return { took, missing: clicks.size - took.length }
}
