import type { Mail } from '../../lib/mailer.ts'

type Letter = Omit<Mail, 'to'>

/** A link to a new password, asked for at the log-in. */
export function resetMail({ name, accountName, link }: { name: string; accountName: string; link: string }): Letter {
  return letter(`A new password for ${accountName}`, [
    `Hello ${name},`,
    `somebody, you we hope, asked for a new password for ${accountName}. Choose it here within the hour:`,
    link,
    'Was it not you? Then do nothing: your password stays as it is.',
  ])
}

/** An invitation to work in an account. */
export function invitationMail({ by, accountName, link, days }: Invited): Letter {
  return letter(`${by} invites you to ${accountName}`, [
    'Hello,',
    `${by} invites you to work in ${accountName}. Choose a name and a password here:`,
    link,
    `The link works once, for ${days} days.`,
  ])
}

interface Invited {
  by: string
  accountName: string
  link: string
  days: number
}

const letter = (subject: string, lines: readonly string[]): Letter => ({ subject, text: `${lines.join('\n\n')}\n` })
