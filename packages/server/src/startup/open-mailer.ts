import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Clock } from '../lib/clock.ts'
import type { Mailer } from '../lib/mailer.ts'
import type { Closing } from './closing.ts'

interface MailGround {
  clock: Clock
  log: Logger
  closing: Closing
}

/** Undefined when the operator named no mail server. */
export async function openMailer(
  { smtpUrl, mailFrom }: Config,
  { clock, log, closing }: MailGround,
): Promise<Mailer | undefined> {
  if (smtpUrl === undefined) return undefined
  const { createMailer } = await import('../lib/mailer.ts')
  const from = mailFrom ?? `Parley <parley@${new URL(smtpUrl).hostname}>`
  const mailer = createMailer({ smtpUrl, from, clock, log })
  closing.add('mail', mailer.stop)
  return mailer
}
