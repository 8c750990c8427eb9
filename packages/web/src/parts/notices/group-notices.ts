import type { Notification } from '@parley/protocol/model'
import { noticeTag } from '@parley/protocol/notices'
import { groupBy } from '../group-by.ts'

/** Notifications about one chat or lead, newest first. */
export interface NoticeGroup {
  key: string
  title: string
  items: Notification[]
}

/** In the order of the newest of each. */
export function groupNotices(notifications: readonly Notification[]): NoticeGroup[] {
  return groupBy(notifications, noticeTag).map(([key, items]) => ({ key, title: items[0]?.title ?? '', items }))
}
