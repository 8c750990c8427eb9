import type { Page } from 'playwright-core'
import type { DemoPage } from './demo-page.ts'

const titled = (name: string) => (page: Page) => page.getByRole('heading', { level: 1, name }).waitFor()

/** The reference, as whoever comes sees it. */
export const DOCS_PAGES: readonly DemoPage[] = [
  { name: 'docs', path: () => '/docs', as: null, prepare: titled('Reference') },
  {
    name: 'docs-operation',
    path: () => '/docs/chats/sendEvent',
    as: null,
    prepare: titled("Brings in a client's message, imports one, or edits one"),
  },
  { name: 'docs-errors', path: () => '/docs/errors', as: null, prepare: titled('Errors') },
  {
    name: 'docs-guide',
    path: () => '/docs/guides/first-channel',
    as: null,
    prepare: titled('Your first channel in ten minutes'),
  },
  {
    name: 'docs-search',
    path: () => '/docs/app?q=signature',
    as: null,
    prepare: async (page) => {
      // On a phone the contents, and what is found in them, lie behind a button.
      const contents = page.getByRole('button', { name: 'Contents' })
      const found = page.getByRole('status').filter({ hasText: 'pages' })
      await contents.or(found).first().waitFor()
      if (await contents.isVisible()) await contents.click()
      await found.waitFor()
    },
  },
]
