import type { DemoPage } from './demo-page.ts'

const atHead =
  (title: string): DemoPage['prepare'] =>
  async (page) => {
    await page.getByRole('heading', { name: title, level: 2 }).waitFor()
  }

/** The doors, and the settings of oneself, the team and the account. */
export const PEOPLE_PAGES: readonly DemoPage[] = [
  {
    name: 'sign-up',
    path: () => '/signup',
    as: null,
    prepare: (page) => page.getByLabel('Company').waitFor(),
  },
  {
    name: 'settings-profile',
    path: () => '/settings/profile',
    prepare: atHead('Profile'),
  },
  {
    name: 'settings-security',
    path: () => '/settings/security',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Change the password' }).click()
      await page.getByLabel('Your present password').waitFor()
    },
  },
  {
    name: 'settings-sessions',
    path: () => '/settings/sessions',
    prepare: (page) => page.getByText('This one').waitFor(),
  },
  {
    name: 'settings-users',
    path: () => '/settings/users',
    prepare: (page) => page.getByRole('button', { name: 'Tom Okafor' }).waitFor(),
  },
  {
    name: 'settings-user',
    path: ({ users }) => `/settings/users?user=${users.tom.id}`,
    prepare: (page) => page.getByRole('dialog', { name: 'Tom Okafor' }).waitFor(),
  },
  {
    name: 'settings-roles',
    path: () => '/settings/roles?role=new',
    prepare: (page) => page.getByRole('group', { name: 'Rights' }).waitFor(),
  },
  {
    name: 'settings-groups',
    path: () => '/settings/groups',
    prepare: async (page) => {
      await page.getByText('No groups yet').waitFor()
    },
  },
  {
    name: 'settings-account',
    path: () => '/settings/account',
    prepare: (page) => page.getByLabel('Time zone').waitFor(),
  },
  {
    name: 'settings-audit',
    path: () => '/settings/audit',
    prepare: async (page) => {
      await page.getByRole('list', { name: 'Audit log' }).getByRole('button').first().click()
    },
  },
  {
    name: 'settings-no-permission',
    path: () => '/settings/users',
    as: 'manager',
    prepare: (page) => page.getByText('Users is for admins').waitFor(),
  },
]
