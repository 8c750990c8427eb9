import { useEffect } from 'react'
import { useNotifications } from '../data/notices/queries.ts'
import { t } from '../i18n/t.ts'

/** What the tab is called: the scene, and how much is unread. Every scene names itself. */
export function useTitle(page: string): void {
  const { unread } = useNotifications()
  useEffect(() => {
    document.title = unread > 0 ? t('app.titleUnread', { count: unread, page }) : t('app.title', { page })
  }, [unread, page])
}
