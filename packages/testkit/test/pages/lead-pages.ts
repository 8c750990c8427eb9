import type { Page } from 'playwright-core'
import type { DemoAccount, DemoPage } from './demo-page.ts'

const leadOf = (demo: DemoAccount) => demo.chats.get('Nora Lind')?.lead
const pathOf = (demo: DemoAccount) => `/leads/${leadOf(demo)?.id}`
const isDrawn = (page: Page) => page.getByRole('textbox', { name: 'Title' }).waitFor()

/** A lead's card: with a page of its own, and beside the board. */
export const LEAD_PAGES: readonly DemoPage[] = [
  {
    name: 'lead',
    path: pathOf,
    prepare: isDrawn,
  },
  {
    name: 'lead-task',
    path: pathOf,
    prepare: async (page) => {
      await isDrawn(page)
      await page.keyboard.press('t')
      await page.getByRole('form', { name: 'New task' }).waitFor()
    },
  },
  {
    name: 'lead-feed',
    path: pathOf,
    prepare: async (page) => {
      await isDrawn(page)
      // Where there is room, it stands beside the fields anyway.
      await page.keyboard.press('r')
      await page.getByRole('log', { name: 'What happened' }).getByText('Could you hold it').last().waitFor()
    },
  },
  {
    name: 'lead-sheet',
    path: (demo) => `/pipeline/${leadOf(demo)?.pipeline.id}?lead=${leadOf(demo)?.id}`,
    prepare: async (page) => {
      await page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).waitFor()
    },
  },
]
