import type { Language, Notification } from '@parley/protocol/model'
import { noticePlace } from '@parley/protocol/notices'
import type { Mail } from '../../lib/mailer.ts'
import { describeNotice, textsIn } from '../notifications/notice-texts.ts'

export interface Digest {
  to: { name: string; email: string }
  account: string
  language: Language
  timeZone: string
  /** Newest first; at most so many as are shown. */
  shown: readonly Notification[]
  /** How many more there are. */
  more: number
  /** Our own address, without a slash at the end. */
  publicUrl: string
  unsubscribeUrl: string
}

/** The mail of what somebody has not seen. Everything that comes from outside is escaped, or plain text. */
export function presentDigest(digest: Digest): Mail {
  const { to, account, language, shown, more, publicUrl, unsubscribeUrl } = digest
  const texts = textsIn(language)
  const count = shown.length + more
  const time = new Intl.DateTimeFormat(language, {
    ...{ timeZone: digest.timeZone, weekday: 'short', day: 'numeric', month: 'short' },
    ...{ hour: '2-digit', minute: '2-digit' },
  })
  const lines = shown.map((notification) => ({
    ...describeNotice(notification, language),
    at: time.format(notification.at),
    url: publicUrl + noticePlace(notification),
  }))
  const words = {
    subject: texts('digest.subject', { count, account }),
    hello: texts('digest.hello', { name: to.name }),
    intro: texts('digest.intro', { count }),
    more: more > 0 ? texts('digest.more', { count: more }) : undefined,
    open: texts('digest.open'),
    why: texts('digest.why'),
    settings: texts('digest.settings'),
    stop: texts('digest.stop'),
  }
  const links = { open: publicUrl, settings: `${publicUrl}/settings/notifications`, stop: unsubscribeUrl }
  return {
    to: to.email,
    subject: words.subject,
    text: toText(words, lines, links),
    html: toHtml(words, lines, { ...links, language }),
    unsubscribeUrl,
  }
}

interface Line {
  title: string
  text: string
  at: string
  url: string
}

type Words = Record<'subject' | 'hello' | 'intro' | 'open' | 'why' | 'settings' | 'stop', string> & {
  more: string | undefined
}
type Links = Record<'open' | 'settings' | 'stop', string>

function toText(words: Words, lines: readonly Line[], links: Links): string {
  const items = lines.map(({ title, text, at, url }) =>
    [`* ${onOneLine(title)} (${at})`, ...(text === '' ? [] : [`  ${onOneLine(text)}`]), `  ${url}`].join('\n'),
  )
  return `${[
    words.hello,
    words.intro,
    ...items,
    ...(words.more === undefined ? [] : [words.more]),
    `${words.open}: ${links.open}`,
    `${words.why}\n${words.settings}: ${links.settings}\n${words.stop}: ${links.stop}`,
  ].join('\n\n')}\n`
}

const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

function toHtml(words: Words, lines: readonly Line[], links: Links & { language: Language }): string {
  const e = escapeHtml
  const items = lines
    .map(
      ({ title, text, at, url }) =>
        `<tr><td style="padding:10px 0;border-top:1px solid #e3e5ea"><a href="${e(url)}" style="color:#3b4cca;font-weight:600;text-decoration:none">${e(title)}</a> <span style="color:#6b7080;font-size:12px">${e(at)}</span>${text === '' ? '' : `<br><span style="color:#3c4050">${e(text)}</span>`}</td></tr>`,
    )
    .join('\n')
  return `<!doctype html>
<html lang="${links.language}"><head><meta charset="utf-8"><title>${e(words.subject)}</title></head>
<body style="margin:0;background:#f4f5f8;font:14px/20px system-ui,sans-serif;color:#22252f">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#fff;border-radius:10px;padding:24px">
<tr><td><p style="margin:0 0 4px">${e(words.hello)}</p><p style="margin:0 0 12px">${e(words.intro)}</p></td></tr>
${items}
${words.more === undefined ? '' : `<tr><td style="padding:10px 0;border-top:1px solid #e3e5ea;color:#6b7080">${e(words.more)}</td></tr>`}
<tr><td style="padding:16px 0 0"><a href="${e(links.open)}" style="display:inline-block;background:#3b4cca;color:#fff;padding:8px 14px;border-radius:7px;text-decoration:none">${e(words.open)}</a></td></tr>
</table>
<p style="max-width:560px;color:#6b7080;font-size:12px">${e(words.why)} <a href="${e(links.settings)}" style="color:#6b7080">${e(words.settings)}</a> · <a href="${e(links.stop)}" style="color:#6b7080">${e(words.stop)}</a></p>
</td></tr></table>
</body></html>
`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
