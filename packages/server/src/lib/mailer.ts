import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'
import type { Clock } from './clock.ts'

export interface Mail {
  /** One address. */
  to: string
  subject: string
  /** Plain text. */
  text: string
  /** The same for those who would rather see it; whoever makes it escapes what comes from outside. */
  html?: string
  /** Where one click ends mails of this kind (RFC 8058). */
  unsubscribeUrl?: string
}

export interface Mailer {
  /** Returns at once and never throws: a mail is tried a few times, then the log says why it was not sent. */
  send(mail: Mail): void
  /** Gives up what has not been taken yet. */
  stop(): Promise<void>
}

export interface MailerOptions {
  /** `smtp://user:password@host:port`, or `smtps://…` */
  smtpUrl: string
  from: string
  clock: Clock
  log: Logger
}

/** Waits before the second, third, … try. */
const RETRY_DELAYS_MS: readonly number[] = [5000, 60_000, 600_000]
const SERVER_PATIENCE_MS = 20_000
/** More than these are dropped while the mail server is away: they are notices, and the screen tells the same. */
const MOST_WAITING = 1000

/** Sends mail by SMTP, one after the other per try, over connections that are kept for a while. */
export function createMailer({ smtpUrl, from, clock, log }: MailerOptions): Mailer {
  const transport = createTransport({
    ...{ url: smtpUrl, pool: true, maxConnections: 2 },
    ...{
      connectionTimeout: SERVER_PATIENCE_MS,
      greetingTimeout: SERVER_PATIENCE_MS,
      socketTimeout: SERVER_PATIENCE_MS,
    },
    // What we send is made here: a mail never names a file or an address to be read.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  const stopping = new AbortController()
  const waiting = new Set<Promise<void>>()

  async function sendStubbornly(mail: Mail): Promise<void> {
    for (let tries = 1; !stopping.signal.aborted; tries += 1) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: onOneLine(mail.to) },
          subject: onOneLine(mail.subject),
          text: mail.text,
          ...(mail.html !== undefined && { html: mail.html }),
          headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(mail) },
        })
        return
      } catch (error) {
        const delayMs = isRefusal(error) ? undefined : RETRY_DELAYS_MS[tries - 1]
        log.warn({ err: error, to: mail.to, tries, givenUp: delayMs === undefined }, 'a mail was not taken')
        if (delayMs === undefined) return
        await clock.sleep(delayMs, stopping.signal)
      }
    }
  }

  return {
    send: (mail) => {
      if (stopping.signal.aborted || waiting.size >= MOST_WAITING) return
      const sending = sendStubbornly(mail).finally(() => waiting.delete(sending))
      waiting.add(sending)
    },
    stop: async () => {
      stopping.abort()
      transport.close()
      await Promise.allSettled(waiting)
    },
  }
}

function unsubscribeHeaders({ unsubscribeUrl }: Mail): Record<string, string> {
  if (unsubscribeUrl === undefined) return {}
  return {
    'List-Unsubscribe': `<${onOneLine(unsubscribeUrl)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

/** A line end in an address or a subject would begin another header. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those
const onOneLine = (text: string) => text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim()

/** 5xx: the server will say the same again. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 500
}
