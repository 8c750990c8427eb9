import { createHash, createHmac } from 'node:crypto'
import { rawRequest } from './raw-client.ts'
import type { ServerProcess } from './server-process.ts'
import { logIn } from './session.ts'

export interface SampleAccount {
  id: number
  amojoId: string
  email: string
  password: string
  scopeId: string
}

export interface Sample {
  channel: { id: string; secret: string }
  accounts: SampleAccount[]
}

const PASSWORD = 'bench-password-1'
/** Above what any part sends. */
const RATE_LIMIT = 100_000

interface SampleWish {
  accounts: number
  hookUrl: string
  /** Registered by the first account, which can read its requests in the console; else by the operator. */
  isOwned?: boolean
}

type MadeAccount = Omit<SampleAccount, 'scopeId'>

/** Accounts with one channel connected to all of them, over the server's own APIs. */
export async function makeSample(
  server: ServerProcess,
  { accounts, hookUrl, isOwned = false }: SampleWish,
): Promise<Sample> {
  const made: MadeAccount[] = []
  for (let index = 0; index < accounts; index += 1) made.push(await makeAccount(server, index))
  const register = isOwned ? registerByOwner : registerByOperator
  const channel = await register(server, made, hookUrl)
  const sample: Sample = { channel, accounts: [] }
  for (const account of made) sample.accounts.push(await connect(server, channel, account))
  return sample
}

async function makeAccount(server: ServerProcess, index: number): Promise<MadeAccount> {
  const unique = `bench-${Date.now().toString(36)}-${index}`
  const email = `${unique}@example.test`
  const account = { name: unique, subdomain: unique, owner_email: email, owner_password: PASSWORD }
  const { id, amojo_id } = await server.admin<{ id: number; amojo_id: string }>('POST', '/accounts', account)
  return { id, amojoId: amojo_id, email, password: PASSWORD }
}

async function registerByOperator(
  server: ServerProcess,
  accounts: readonly MadeAccount[],
  hookUrl: string,
): Promise<Sample['channel']> {
  return server.admin<Sample['channel']>('POST', '/channels', {
    name: 'Bench',
    code: `amo.ext.bench${Date.now()}`,
    webhook_url: hookUrl,
    rate_limit: RATE_LIMIT,
    accounts: accounts.map((account) => account.id),
  })
}

async function registerByOwner(
  server: ServerProcess,
  accounts: readonly MadeAccount[],
  hookUrl: string,
): Promise<Sample['channel']> {
  const [owner] = accounts
  if (!owner) throw new Error('The sample has no accounts.')
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/app/v1/channels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: await logIn(server, owner) },
    body: JSON.stringify({
      name: 'Bench',
      webhookUrl: `${hookUrl}?of=:scope_id`,
      accountIds: accounts.map((account) => account.id),
    }),
  })
  if (!answer.ok) throw new Error(`register: ${answer.status} ${await answer.text()}`)
  const { channel, secret } = (await answer.json()) as { channel: { id: string }; secret: string }
  await server.admin('PATCH', `/channels/${channel.id}`, { rate_limit: RATE_LIMIT })
  return { id: channel.id, secret }
}

async function connect(
  server: ServerProcess,
  channel: Sample['channel'],
  account: MadeAccount,
): Promise<SampleAccount> {
  const body = JSON.stringify({ account_id: account.amojoId, title: 'Bench', hook_api_version: 'v2' })
  const path = `/v2/origin/custom/${channel.id}/connect`
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: 'POST',
    headers: sign(channel.secret, path, body),
    body,
  })
  if (!answer.ok) throw new Error(`connect: ${answer.status} ${await answer.text()}`)
  return { ...account, scopeId: `${channel.id}_${account.amojoId}` }
}

/** The present scheme (spec 01 §2), written once more on purpose: the bench must not lean on what it measures. */
export function sign(secret: string, path: string, body: string, method = 'POST'): Record<string, string> {
  const date = new Date().toUTCString().replace('GMT', '+0000')
  const digest = createHash('md5').update(body).digest('hex')
  const text = [method, digest, 'application/json', date, path].join('\n')
  const signature = createHmac('sha1', secret).update(text).digest('hex')
  return { Date: date, 'Content-Type': 'application/json', 'Content-MD5': digest, 'X-Signature': signature }
}

export interface SampleMessage {
  msgid: string
  chat: string
  client: string
  text: string
  /** Old, and to be stored quietly; absent: a message of now. */
  importedFromMs?: number
}

/** A client's message as signed bytes, ready for the socket. */
export function messageRequest(channel: Sample['channel'], account: SampleAccount, message: SampleMessage): Buffer {
  const now = message.importedFromMs ?? Date.now()
  const path = `/v2/origin/custom/${account.scopeId}`
  const body = JSON.stringify({
    event_type: 'new_message',
    payload: {
      timestamp: Math.floor(now / 1000),
      msec_timestamp: now,
      msgid: message.msgid,
      conversation_id: message.chat,
      sender: { id: message.client, name: `Client ${message.client}`, profile: { phone: '+46700000055' } },
      message: { type: 'text', text: message.text },
      silent: message.importedFromMs !== undefined,
    },
  })
  return rawRequest('POST', path, sign(channel.secret, path, body), body)
}

/** A channel's question for something below its connection. */
export function questionRequest(
  channel: Sample['channel'],
  account: SampleAccount,
  below: string,
  query: string,
): Buffer {
  const path = `/v2/origin/custom/${account.scopeId}${below}`
  return rawRequest('GET', `${path}?${query}`, sign(channel.secret, path, '', 'GET'))
}

export const TEXT =
  'Is the blue one still in stock? I would like to come by on Saturday and see it, if that is possible at all.'
