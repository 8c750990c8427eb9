import type { DemoPage } from './demo-page.ts'

/** What is to be done, and what may be done with a person's data. */
export const TASK_PAGES: readonly DemoPage[] = [
  {
    name: 'tasks',
    path: () => '/tasks',
    prepare: async (page) => {
      await page.getByText('Order brake pads').waitFor()
    },
  },
  {
    name: 'tasks-new',
    path: () => '/tasks',
    prepare: async (page) => {
      await page.getByText('Order brake pads').waitFor()
      await page.keyboard.press('t')
      await page.getByRole('form', { name: 'New task' }).waitFor()
    },
  },
  {
    name: 'tasks-week',
    path: () => '/tasks?view=week&who="all"',
    prepare: async (page) => {
      await page.getByRole('link', { name: /Test ride with Omar/ }).waitFor()
    },
  },
  {
    name: 'tasks-done',
    path: () => '/tasks?view=done',
    prepare: async (page) => {
      await page.getByText('Ring the workshop').waitFor()
    },
  },
  {
    name: 'contact-erase',
    path: (demo) => `/contacts/${demo.chats.get('Nora Lind')?.lead?.contact?.id}`,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Actions of the contact' }).click()
      await page.getByRole('menuitem', { name: 'Erase data…' }).click()
      await page.getByRole('button', { name: 'Erase for good' }).waitFor()
    },
  },
]
