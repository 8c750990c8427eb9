import type { Notification, PushPayload } from '@parley/protocol/model'
import { noticePlace, noticeTag } from '@parley/protocol/notices'
import { cutText } from '../../lib/cut-text.ts'
import type { PushMessage } from '../../lib/push-message.ts'
import { describeNotice, textsIn } from '../notifications/notice-texts.ts'
import type { Recipient } from '../notifications/recipients.ts'

/** A push may hold 4 kB in all, and a lock screen shows less. */
const LONGEST_TITLE = 120
const LONGEST_TEXT = 300

const HOUR_SECONDS = 60 * 60
const TTL_SECONDS = 12 * HOUR_SECONDS

/** What goes to the browser of somebody who is to be told of this; who wants his texts hidden is told only of what kind it is. */
export function presentPush(notification: Notification, recipient: Recipient, unread: number): PushMessage {
  const { settings, language } = recipient
  const shown = settings.hideText
    ? { title: textsIn(language)(`kind.${notification.kind}`), text: '' }
    : describeNotice(notification, language)
  return seal(
    {
      title: cutText(shown.title, LONGEST_TITLE),
      text: cutText(shown.text, LONGEST_TEXT),
      url: noticePlace(notification),
      tag: noticeTag(notification),
      unread,
      at: notification.at,
    },
    notification.kind === 'channel_failing' || notification.kind === 'lead_stage' ? 'normal' : 'high',
  )
}

export function presentTest(recipient: Recipient, unread: number, at: Date): PushMessage {
  const texts = textsIn(recipient.language)
  const payload = { title: texts('test.title'), text: texts('test.text'), url: '/notifications', tag: 'test' }
  return seal({ ...payload, unread, at: at.getTime() }, 'high')
}

const seal = (payload: PushPayload, urgency: PushMessage['urgency']): PushMessage => ({
  payload: JSON.stringify(payload),
  ttlSeconds: TTL_SECONDS,
  urgency,
  topic: payload.tag,
})
