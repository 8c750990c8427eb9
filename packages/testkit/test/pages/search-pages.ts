import type { DemoPage } from './demo-page.ts'

/** Where things are found, and the palette. */
export const SEARCH_PAGES: readonly DemoPage[] = [
  {
    name: 'search',
    path: () => '/search?q=bike',
    prepare: async (page) => {
      await page.getByRole('heading', { name: 'Messages' }).waitFor()
    },
  },
  {
    name: 'search-help',
    path: () => '/search',
    prepare: async (page) => {
      await page.getByText('Narrow it down').waitFor()
    },
  },
  {
    name: 'find-in-conversation',
    path: (demo) => `/inbox?c=${demo.chats.get('Nora Lind')?.chatId}`,
    prepare: async (page) => {
      await page.getByText('Then M. Could you hold it').last().waitFor()
      await page.keyboard.press('Control+f')
      await page.getByRole('searchbox', { name: 'Search in this conversation' }).fill('bike')
      await page.getByText(/^1 of \d+$/).waitFor()
      await page.getByRole('log').locator('mark').first().waitFor()
    },
  },
  {
    name: 'palette',
    path: () => '/inbox',
    prepare: async (page) => {
      await page.getByRole('option', { name: 'Nora Lind' }).waitFor()
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Go to, do or find' }).waitFor()
    },
  },
  {
    name: 'palette-found',
    path: (demo) => `/inbox?c=${demo.chats.get('Nora Lind')?.chatId}`,
    prepare: async (page) => {
      await page.getByText('Then M. Could you hold it').last().waitFor()
      await page.keyboard.press('Control+k')
      await page.keyboard.type('sto')
      await page.getByRole('option', { name: 'Hello! Is the blue bike still in stock?' }).waitFor()
    },
  },
]
