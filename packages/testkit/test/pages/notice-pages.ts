import type { DemoPage } from './demo-page.ts'

/** The notification centre and its settings. */
export const NOTICE_PAGES: readonly DemoPage[] = [
  {
    name: 'notification-panel',
    path: () => '/inbox',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Notifications, / }).click()
      await page.getByRole('dialog', { name: 'Notifications' }).getByRole('list', { name: 'Notifications' }).waitFor()
    },
  },
  {
    name: 'notifications',
    path: () => '/notifications',
    prepare: async (page) => {
      await page.getByRole('list', { name: 'Notifications' }).getByText('mentioned you').first().waitFor()
    },
  },
  {
    name: 'settings-notifications',
    path: () => '/settings/notifications',
    prepare: async (page) => {
      await page.getByRole('switch', { name: 'Keep quiet hours' }).waitFor()
    },
  },
]
