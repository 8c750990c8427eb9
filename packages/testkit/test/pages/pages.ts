import { CONTACT_PAGES } from './contact-pages.ts'
import type { DemoAccount, DemoPage } from './demo-page.ts'
import { DEVELOPER_PAGES } from './developer-pages.ts'
import { DOCS_PAGES } from './docs-pages.ts'
import { LEAD_PAGES } from './lead-pages.ts'
import { NOTICE_PAGES } from './notice-pages.ts'
import { PEOPLE_PAGES } from './people-pages.ts'
import { SEARCH_PAGES } from './search-pages.ts'
import { TASK_PAGES } from './task-pages.ts'
import { WORK_SETTINGS_PAGES } from './work-settings-pages.ts'

const chat = (name: string) => (demo: DemoAccount) => `/inbox?c=${demo.chats.get(name)?.chatId}`

export const PAGES: readonly DemoPage[] = [
  ...NOTICE_PAGES,
  ...LEAD_PAGES,
  ...CONTACT_PAGES,
  ...DOCS_PAGES,
  ...DEVELOPER_PAGES,
  {
    name: 'login',
    path: () => '/login',
    as: null,
    prepare: (page) => page.getByLabel('E-mail').waitFor(),
  },
  {
    name: 'inbox',
    path: () => '/inbox',
    prepare: async (page) => {
      await page.getByRole('option', { name: 'Nora Lind' }).waitFor()
    },
  },
  {
    name: 'conversation',
    path: chat('Oskar Nyberg'),
    prepare: async (page) => {
      await page.getByText('We decide on Monday').last().waitFor()
    },
  },
  {
    name: 'incoming-lead',
    path: chat('Marie Keller'),
    prepare: async (page) => {
      await page.getByText('order 20931').last().waitFor()
    },
  },
  {
    name: 'board',
    path: () => '/pipeline',
    prepare: async (page) => {
      await page.getByRole('region', { name: /^Incoming leads/ }).waitFor()
    },
  },
  {
    name: 'board-move',
    path: () => '/pipeline',
    prepare: async (page) => {
      await page.getByRole('region', { name: /^Incoming leads/ }).waitFor()
      await page
        .getByRole('region', { name: /^First contact/ })
        .getByRole('link')
        .first()
        .press('s')
      await page.getByRole('dialog', { name: 'Move to…' }).waitFor()
    },
  },
  {
    name: 'leads',
    path: () => '/pipeline?view=list&closed=true',
    prepare: async (page) => {
      await page.getByRole('grid', { name: 'Leads of Sales' }).getByRole('row').nth(3).waitFor()
    },
  },
  {
    name: 'incoming-leads',
    path: () => '/incoming',
    prepare: async (page) => {
      await page.getByRole('list', { name: 'Incoming leads' }).getByRole('listitem').first().waitFor()
    },
  },
  {
    name: 'incoming-link',
    path: () => '/incoming',
    prepare: async (page) => {
      await page.getByRole('list', { name: 'Incoming leads' }).getByRole('listitem').first().waitFor()
      await page.keyboard.press('l')
      await page.getByRole('dialog', { name: 'Who is this?' }).waitFor()
      await page.getByRole('searchbox', { name: 'Name, phone, e-mail or lead' }).fill('nyberg')
      await page.getByRole('group', { name: 'Leads and contacts' }).getByRole('radio').first().waitFor()
    },
  },
  {
    name: 'settings-pipelines',
    path: () => '/settings/pipelines',
    prepare: (page) => page.getByRole('list', { name: 'Stages of Sales' }).waitFor(),
  },
  {
    name: 'note',
    path: chat('Nora Lind'),
    // What is begun here stays with him, and out of the other pictures.
    as: 'tom',
    prepare: async (page) => {
      await page.getByText('Note by Ana Silva').waitFor()
      await page.getByRole('tab', { name: 'Note' }).click()
      const field = page.getByRole('textbox', { name: 'Note', exact: true })
      await field.fill('')
      await field.fill('Ask @Ma')
      await page.getByRole('listbox', { name: 'Colleagues' }).waitFor()
    },
  },
  {
    name: 'templates-in-reply',
    path: chat('Oskar Nyberg'),
    as: 'tom',
    prepare: async (page) => {
      await page.getByRole('textbox', { name: 'Reply' }).fill('/of')
      await page.getByRole('listbox', { name: 'Templates' }).waitFor()
    },
  },
  {
    name: 'jump-to-date',
    path: chat('Oskar Nyberg'),
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Go to a date' }).click()
      await page.getByRole('button', { name: 'The very beginning' }).waitFor()
    },
  },
  {
    name: 'settings-templates',
    path: () => '/settings/templates',
    prepare: (page) => page.getByRole('button', { name: /^Offer/ }).waitFor(),
  },
  {
    name: 'settings-template',
    path: () => '/settings/templates',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Offer/ }).click()
      await page.getByRole('dialog').getByRole('region', { name: 'Preview' }).getByText('Shall we ship it?').waitFor()
    },
  },
  ...PEOPLE_PAGES,
  ...WORK_SETTINGS_PAGES,
  ...SEARCH_PAGES,
  ...TASK_PAGES,
  {
    name: 'analytics',
    path: () => '/analytics',
    prepare: async (page) => {
      await page.getByRole('region', { name: 'Totals' }).waitFor()
      await page.getByRole('img', { name: /^Messages per day/ }).waitFor()
      await page.getByRole('table').first().waitFor()
    },
  },
  {
    name: 'analytics-own',
    path: () => '/analytics?days=7&clock=working',
    as: 'manager',
    prepare: async (page) => {
      await page.getByText('You see your own figures.').waitFor()
      await page.getByRole('button', { name: 'Show as a table: First answer per day' }).click()
    },
  },
]
