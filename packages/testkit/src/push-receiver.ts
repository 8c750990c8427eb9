import { createDecipheriv, createECDH, createHmac, createPublicKey, type ECDH, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PushPayload } from '@parley/protocol/model'
import { within } from './wait-until.ts'

const DEFAULT_DEADLINE_MS = 5000
const DAY_SECONDS = 24 * 60 * 60

/** What a browser gives a page that subscribes. */
export interface TestSubscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

export interface ReceivedPush {
  headers: IncomingHttpHeaders
  payload: PushPayload
  /** What the sender's token says; its signature was checked. */
  token: { aud: string; exp: number; sub: string }
  /** The key it was signed with, base64url. */
  key: string
}

interface Browser {
  ecdh: ECDH
  auth: Buffer
}

interface Arrival {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A push service with its browsers: a real HTTP server that takes pushes, or refuses them as told, and decrypts what came. */
export class PushReceiver {
  readonly #server: Server
  readonly #browsers = new Map<string, Browser>()
  readonly #arrivals: Arrival[] = []
  readonly #answers: { status: number; headers?: Record<string, string> }[] = []
  #read = 0
  #waiting: (() => void)[] = []

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      this.#arrivals.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
      const { status, headers = {} } = this.#answers.shift() ?? { status: 201 }
      response.writeHead(status, headers).end()
      for (const wake of this.#waiting.splice(0)) wake()
    })
  }

  static async start(): Promise<PushReceiver> {
    const receiver = new PushReceiver()
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve))
    return receiver
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** How many requests came, taken or refused. */
  get count(): number {
    return this.#arrivals.length
  }

  /** A browser that subscribes here. */
  aBrowser(): TestSubscription {
    const ecdh = createECDH('prime256v1')
    const p256dh = ecdh.generateKeys('base64url')
    const auth = randomBytes(16)
    const path = `/push/${randomBytes(8).toString('hex')}`
    this.#browsers.set(path, { ecdh, auth })
    return { endpoint: this.origin + path, keys: { p256dh, auth: auth.toString('base64url') } }
  }

  /** The next pushes are answered so, one each; then all are taken again. */
  answerWith(...answers: { status: number; headers?: Record<string, string> }[]): this {
    this.#answers.push(...answers)
    return this
  }

  /** The next push nobody has asked for yet. @throws {Error} it cannot be decrypted, or is not signed as it should be */
  async next(deadlineMs = DEFAULT_DEADLINE_MS): Promise<ReceivedPush> {
    const index = this.#read++
    let arrival = this.#arrivals[index]
    while (arrival === undefined) {
      const came = new Promise<void>((resolve) => this.#waiting.push(resolve))
      await within(deadlineMs, came, () => `push ${index + 1} did not come in ${deadlineMs} ms.`)
      arrival = this.#arrivals[index]
    }
    return this.#open(arrival)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #open({ path, headers, body }: Arrival): ReceivedPush {
    const browser = this.#browsers.get(path)
    if (!browser) throw new Error(`A push came to ${path}, where no browser has subscribed.`)
    if (headers['content-encoding'] !== 'aes128gcm') throw new Error('The push is not encoded as aes128gcm.')
    const { token, key } = readVapid(headers.authorization ?? '')
    if (token.aud !== this.origin) throw new Error(`The token is for ${token.aud}, not for ${this.origin}.`)
    const aheadSeconds = token.exp - Date.now() / 1000
    if (aheadSeconds <= 0 || aheadSeconds > DAY_SECONDS) throw new Error('The token is over, or lives too long.')
    return { headers, payload: JSON.parse(decrypt(body, browser).toString('utf8')) as PushPayload, token, key }
  }
}

const hmac = (key: Buffer, ...parts: Buffer[]) => createHmac('sha256', key).update(Buffer.concat(parts)).digest()
const ONE = Buffer.from([1])
const info = (name: string) => Buffer.from(`${name}\0`, 'latin1')

/** RFC 8291 with RFC 8188, one record. */
function decrypt(body: Buffer, { ecdh, auth }: Browser): Buffer {
  const salt = body.subarray(0, 16)
  const keyLength = body[20] ?? 0
  const theirs = body.subarray(21, 21 + keyLength)
  const sealed = body.subarray(21 + keyLength)
  if (sealed.length > body.readUInt32BE(16)) throw new Error('The push has more than one record.')
  const shared = hmac(auth, ecdh.computeSecret(theirs))
  const ikm = hmac(shared, info('WebPush: info'), ecdh.getPublicKey(), theirs, ONE)
  const prk = hmac(salt, ikm)
  const key = hmac(prk, info('Content-Encoding: aes128gcm'), ONE).subarray(0, 16)
  const nonce = hmac(prk, info('Content-Encoding: nonce'), ONE).subarray(0, 12)
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  const end = padded.lastIndexOf(2)
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('The push is not padded rightly.')
  return padded.subarray(0, end)
}

/** RFC 8292. */
function readVapid(authorization: string): Pick<ReceivedPush, 'token' | 'key'> {
  const [, jwt = '', key = ''] = /^vapid t=([^,]+), ?k=(\S+)$/.exec(authorization) ?? []
  const [head = '', claims = '', signature = ''] = jwt.split('.')
  const point = Buffer.from(key, 'base64url')
  const jwk = {
    ...{ kty: 'EC', crv: 'P-256' },
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const publicKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const }
  const isRight = verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))
  if (!isRight) throw new Error('The token of the push is not signed with the key it names.')
  return { key, token: JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as ReceivedPush['token'] }
}
