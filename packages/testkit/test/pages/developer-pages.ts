import type { DemoAccount, DemoDeveloper, DemoPage } from './demo-page.ts'

type Shown = Pick<DemoPage, 'name' | 'prepare'> & { at: (developer: DemoDeveloper) => string }

/** Each is looked at by axe in a browser test of its own: here it is drawn for its picture. */
const toPage = ({ name, at, prepare }: Shown): DemoPage => ({
  ...{ name, prepare, as: 'developer', pictureOnly: true },
  path: ({ developer }: DemoAccount) => at(developer!),
})

const tab = (name: string) => (developer: DemoDeveloper) => `/developer/${developer.channelId}/${name}`

const SHOWN: readonly Shown[] = [
  {
    name: 'console',
    at: () => '/developer',
    prepare: (page) => page.getByRole('link', { name: /Quay Chat/ }).waitFor(),
  },
  {
    name: 'console-requests',
    at: tab('requests'),
    prepare: (page) => page.getByRole('list', { name: 'Requests' }).getByRole('link').nth(4).waitFor(),
  },
  {
    name: 'console-request',
    at: (developer) => tab(`requests?request=${developer.refusedId}`)(developer),
    prepare: (page) => page.getByText('Ahoy').waitFor(),
  },
  {
    name: 'console-lab',
    at: (developer) => tab(`lab?request=${developer.refusedId}`)(developer),
    prepare: (page) => page.getByRole('region', { name: 'What came of it' }).getByRole('listitem').first().waitFor(),
  },
  {
    name: 'console-deliveries',
    at: tab('deliveries'),
    prepare: (page) => page.getByRole('list', { name: 'Deliveries' }).getByRole('link').nth(2).waitFor(),
  },
  {
    name: 'console-delivery',
    at: (developer) => tab(`deliveries?delivery=${developer.givenUpId}`)(developer),
    prepare: (page) => page.getByRole('list', { name: 'Tries' }).getByText('400', { exact: true }).waitFor(),
  },
  {
    name: 'console-simulator',
    at: ({ simulatedId }) => `/developer/${simulatedId}/simulator`,
    prepare: (page) => page.getByRole('button', { name: 'Tomorrow' }).waitFor(),
  },
  {
    name: 'console-test-run',
    at: tab('test-run'),
    prepare: (page) => page.getByText('The channel answered 200').waitFor(),
  },
  {
    name: 'settings-channels',
    at: () => '/settings/channels',
    prepare: (page) => page.getByRole('link', { name: 'Fog Horn' }).waitFor(),
  },
  {
    name: 'settings-channel-new',
    at: () => '/settings/channels/new',
    prepare: async (page) => {
      await page.getByLabel('Service name').fill('1st Mate')
      await page.getByText('Must begin with a Latin letter.').waitFor()
    },
  },
  {
    name: 'settings-channel',
    at: ({ channelId }) => `/settings/channels/${channelId}`,
    prepare: async (page) => {
      await page.getByRole('heading', { name: 'Access parameters' }).waitFor()
      await page.getByRole('button', { name: 'Make a new secret' }).waitFor()
    },
  },
  {
    name: 'settings-registrations',
    at: () => '/settings/registrations',
    prepare: (page) => page.getByRole('region', { name: 'Signal Flags' }).waitFor(),
  },
  {
    name: 'settings-integrations',
    at: () => '/settings/integrations',
    prepare: async (page) => {
      await page
        .getByRole('region', { name: 'Tide Tables' })
        .getByText(/^Installed on/)
        .waitFor()
    },
  },
  {
    name: 'settings-integration-new',
    at: () => '/settings/integrations',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'New integration' }).click()
      await page.getByRole('dialog').getByLabel('Redirect addresses').waitFor()
    },
  },
  {
    name: 'consent',
    at: ({ clientId }) => `/oauth?client_id=${clientId}`,
    prepare: (page) => page.getByRole('heading', { name: 'Let Berth Counter into Quay Works?' }).waitFor(),
  },
]

/** A channel developer's console and channels, the operator's queue, and programs of third parties. */
export const DEVELOPER_PAGES: readonly DemoPage[] = SHOWN.map(toPage)
