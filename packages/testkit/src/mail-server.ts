import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { within } from './wait-until.ts'

const DEFAULT_DEADLINE_MS = 5000

export interface ReceivedMail {
  from: string
  to: string[]
  /** As it came, head and body. */
  raw: string
  /** By name in small letters; a folded one on one line. */
  headers: Record<string, string>
  text: string
  /** Empty when it has none. */
  html: string
}

/** A real SMTP server that keeps what it got, or refuses it as told. */
export class MailServer {
  /** Everything so far, in order of arrival. */
  readonly mails: ReceivedMail[] = []
  /** Mails that were refused. */
  refused = 0
  readonly #server: SMTPServer
  readonly #refusals: number[] = []
  #read = 0
  #waiting: (() => void)[] = []

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const code = this.#refusals.shift()
          if (code !== undefined) {
            this.refused += 1
            done(Object.assign(new Error('not now'), { responseCode: code }))
            this.#wake()
            return
          }
          const { mailFrom, rcptTo } = session.envelope
          const from = mailFrom === false ? '' : mailFrom.address
          this.mails.push(
            read(
              Buffer.concat(chunks).toString('utf8'),
              from,
              rcptTo.map(({ address }) => address),
            ),
          )
          done()
          this.#wake()
        })
      },
    })
    // A sender that goes away is no error of ours.
    this.#server.on('error', () => undefined)
  }

  static async start(): Promise<MailServer> {
    const server = new MailServer()
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  /** For PARLEY_SMTP_URL. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`
  }

  /** The next mails are refused with these SMTP codes, one each. */
  refuseWith(...codes: number[]): this {
    this.#refusals.push(...codes)
    return this
  }

  /** The next mail nobody has asked for yet, at once when it is there already. */
  async next(deadlineMs = DEFAULT_DEADLINE_MS): Promise<ReceivedMail> {
    const index = this.#read++
    while (this.mails[index] === undefined) {
      const arrival = new Promise<void>((resolve) => this.#waiting.push(resolve))
      await within(deadlineMs, arrival, () => `mail ${index + 1} did not come in ${deadlineMs} ms.`)
    }
    return this.mails[index]
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}

function read(raw: string, from: string, to: string[]): ReceivedMail {
  const { headers, body } = split(raw)
  const [, boundary] = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '') ?? []
  if (boundary === undefined) return { from, to, raw, headers, text: decode(body, headers), html: '' }
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r\n/, '')))
  const ofType = (type: string) => {
    const part = parts.find((one) => one.headers['content-type']?.startsWith(type))
    return part ? decode(part.body, part.headers) : ''
  }
  return { from, to, raw, headers, text: ofType('text/plain'), html: ofType('text/html') }
}

function split(raw: string): { headers: Record<string, string>; body: string } {
  const headEnd = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, headEnd)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  return { headers, body: raw.slice(headEnd + 4) }
}

function decode(body: string, headers: Record<string, string>): string {
  const encoding = headers['content-transfer-encoding']
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
