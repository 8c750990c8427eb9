import type { DemoPage } from './demo-page.ts'

/** Who is known, and who may be known twice. */
export const CONTACT_PAGES: readonly DemoPage[] = [
  {
    name: 'contacts',
    path: () => '/contacts',
    prepare: async (page) => {
      await page.getByText('Nora Lind', { exact: true }).first().waitFor()
    },
  },
  {
    name: 'contacts-picked',
    path: () => '/contacts?q=lind',
    prepare: async (page) => {
      await page.getByText('Nora Lind', { exact: true }).first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('x')
    },
  },
  {
    name: 'contact',
    path: (demo) => `/contacts/${demo.chats.get('Nora Lind')?.lead?.contact?.id}`,
    prepare: async (page) => {
      await page.getByRole('heading', { name: 'Nora Lind' }).waitFor()
      await page.getByText('Blue city bike, size M').first().waitFor()
    },
  },
  {
    name: 'contacts-duplicates',
    path: () => '/contacts/duplicates',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Compare and merge' }).first().waitFor()
    },
  },
  {
    name: 'contacts-merge',
    path: () => '/contacts/duplicates',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Compare and merge' }).first().click()
      await page.getByRole('dialog', { name: 'Merge two contacts' }).getByRole('radio').first().waitFor()
    },
  },
]
