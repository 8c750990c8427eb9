import type { Notification } from '@parley/protocol/model'
import { noticePlace } from '@parley/protocol/notices'
import { useRouter } from '@tanstack/react-router'
import { useMarkNotifications } from '../../data/notices/use-change-notices.ts'

/** Goes to where a notification is, and marks it as read. */
export function useOpenNotice(onLeave?: () => void): (notification: Notification) => void {
  const router = useRouter()
  const { markOne } = useMarkNotifications()
  return (notification) => {
    if (!notification.isRead) markOne(notification)
    onLeave?.()
    router.history.push(noticePlace(notification))
  }
}
