import { createHash, createHmac } from 'node:crypto'
import { rawRequest } from './raw-client.ts'
import type { ServerProcess } from './server-process.ts'

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

/** Accounts with one channel connected to all of them, over the server's own APIs. */
export async function makeSample(
  server: ServerProcess,
  { accounts, hookUrl }: { accounts: number; hookUrl: string },
): Promise<Sample> {
  const made = []
  for (let index = 0; index < accounts; index += 1) {
    const unique = `bench-${Date.now().toString(36)}-${index}`
    const email = `${unique}@example.test`
    const account = { name: unique, subdomain: unique, owner_email: email, owner_password: PASSWORD }
    const { id, amojo_id } = await server.admin<{ id: number; amojo_id: string }>('POST', '/accounts', account)
    made.push({ id, amojoId: amojo_id, email, password: PASSWORD })
  }
  const channel = await server.admin<{ id: string; secret: string }>('POST', '/channels', {
    name: 'Bench',
    code: `amo.ext.bench${Date.now()}`,
    webhook_url: hookUrl,
    rate_limit: 100_000,
    accounts: made.map((account) => account.id),
  })
  const sample: Sample = { channel, accounts: [] }
  for (const account of made) {
    const body = JSON.stringify({ account_id: account.amojoId, title: 'Bench', hook_api_version: 'v2' })
    const path = `/v2/origin/custom/${channel.id}/connect`
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method: 'POST',
      headers: sign(channel.secret, path, body),
      body,
    })
    if (!answer.ok) throw new Error(`connect: ${answer.status} ${await answer.text()}`)
    sample.accounts.push({ ...account, scopeId: `${channel.id}_${account.amojoId}` })
  }
  return sample
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
