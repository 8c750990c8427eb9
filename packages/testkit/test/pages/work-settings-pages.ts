import type { DemoPage } from './demo-page.ts'

/** What an account adds to its leads and contacts, and where its leads come from. */
export const WORK_SETTINGS_PAGES: readonly DemoPage[] = [
  {
    name: 'settings-fields',
    path: () => '/settings/fields',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Settings of Size' }).click()
      await page.getByRole('list', { name: 'Choices of Size' }).waitFor()
    },
  },
  {
    name: 'settings-field-new',
    path: () => '/settings/fields',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Add a field' }).click()
      await page.getByRole('dialog', { name: 'Add a field' }).waitFor()
    },
  },
  {
    name: 'settings-field-delete',
    path: () => '/settings/fields',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Settings of Size' }).click()
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await page.getByText('It is filled in on 1 lead.').waitFor()
    },
  },
  {
    name: 'settings-tags',
    path: () => '/settings/tags',
    prepare: (page) =>
      page
        .getByText(/\d leads?/)
        .first()
        .waitFor(),
  },
  {
    name: 'settings-tag-merge',
    path: () => '/settings/tags',
    prepare: async (page) => {
      await page
        .getByRole('button', { name: /^Actions for / })
        .first()
        .click()
      await page.getByRole('menuitem', { name: 'Merge into another…' }).click()
      await page.getByRole('dialog').getByRole('combobox', { name: 'Into' }).waitFor()
    },
  },
  {
    name: 'settings-sources',
    path: () => '/settings/sources',
    prepare: (page) =>
      page
        .getByText(/conversations?, last/)
        .first()
        .waitFor(),
  },
  {
    name: 'settings-hours',
    path: () => '/settings/hours',
    prepare: async (page) => {
      // Nothing of it is saved.
      await page.getByRole('checkbox', { name: 'Count within working hours' }).check()
      await page.getByRole('button', { name: 'Add a shift on Monday' }).click()
      await page.getByText(/^(Open|Closed) now/).waitFor()
    },
  },
]
