import type { Notification } from '../shapes/notifications.ts'

/**
 * What the systems know a shown notification by: the next one of the same chat takes its place, whether it comes from an open
 * page or by push. At most 32 characters of base64url, for push services take no more.
 */
export function noticeTag({
  id,
  chatId,
  leadId,
  taskId,
}: Pick<Notification, 'id' | 'chatId' | 'leadId' | 'taskId'>): string {
  if (chatId !== null) return `c-${chatId.replaceAll('-', '').slice(-30)}`
  if (taskId !== null) return `t-${taskId}`
  return leadId === null ? `n-${id}` : `l-${leadId}`
}

/** A path of the screens where it is. */
export function noticePlace({
  kind,
  channelId,
  chatId,
  leadId,
  contactId,
  messageId,
  noteId,
  taskId,
}: Pick<
  Notification,
  'kind' | 'channelId' | 'chatId' | 'leadId' | 'contactId' | 'messageId' | 'noteId' | 'taskId'
>): string {
  if (kind === 'channel_decided') return `/settings/channels/${channelId}`
  if (chatId !== null) {
    const at = messageId ?? noteId
    return `/inbox?${new URLSearchParams({ c: chatId, ...(at !== null && { m: at }) })}`
  }
  if (taskId !== null) return `/tasks?task=${taskId}`
  if (leadId !== null) return `/leads/${leadId}`
  return contactId === null ? '/notifications' : `/contacts/${contactId}`
}
