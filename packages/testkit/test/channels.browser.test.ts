import type { ChannelCard, ChatPage } from '@parley/protocol/model'
import { setOperator } from '@parley/server/internals'
import {
  aNewMessage,
  findAccessibilityFaults,
  hasKeyboard,
  launchBrowser,
  openAs,
  signHeaders,
  startTestWorld,
  type TestAccount,
  type TestUser,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

const DEADLINE_MS = 30_000
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14"><circle cx="7" cy="7" r="7" fill="#0b7"/></svg>'

let world: TestWorld
let browser: Browser
let account: TestAccount
const contexts: BrowserContext[] = []

beforeAll(async () => {
  const options = { clock: 'system', env: { PARLEY_CHANNELS: 'open' } } as const
  ;[world, browser] = await Promise.all([startTestWorld(options), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
beforeEach(async () => {
  account = await world.anAccount()
})
afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())))

async function open(path: string, user: TestUser = account.admin, look: object = {}, url = world.url): Promise<Page> {
  const context = await browser.newContext({
    ...{ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB' },
    ...look,
  })
  context.setDefaultTimeout(DEADLINE_MS)
  contexts.push(context)
  return openAs(context, url, user, path)
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('Service name').fill('Harbor Chat')
  await page.getByLabel('Hook URL', { exact: true }).fill('https://hooks.example.net/in/:scope_id')
}

/** A client's message, signed as the channel's program would. */
async function sendAs({ id, secret }: { id: string; secret: string }, text: string): Promise<number> {
  const path = `/v2/origin/custom/${id}_${account.amojoId}`
  const body = Buffer.from(JSON.stringify(aNewMessage({ text })))
  const { headers } = signHeaders({ method: 'POST', path, body }, secret, new Date())
  const answer = await fetch(world.url + path, { method: 'POST', headers: headers as Record<string, string>, body })
  return answer.status
}

const openedId = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? ''

test('a channel is registered: mistakes are seen while typing, the secret once; it is connected, and a message comes in', async () => {
  const page = await open('/settings/channels')
  await page.getByText('No channel yet').waitFor()
  await page.getByRole('link', { name: 'Register a channel' }).click()
  const submit = page.getByRole('button', { name: 'Register', exact: true })
  await page.getByLabel('Service name').fill('1st')
  await page.getByText('Must begin with a Latin letter.').waitFor()
  await page.getByLabel('Hook URL', { exact: true }).fill('https://hooks.example.net/in')
  await page.getByText(/^Must hold :scope_id/).waitFor()
  await page.getByLabel('Approved accounts').fill('7')
  await page.getByText('There is no account 7.').waitFor()
  await page.getByLabel('What is special about it').fill('b'.repeat(1001))
  await page.getByText('Must not be longer than 1000 characters.').waitFor()
  await page.getByLabel('What is special about it').fill('')
  await page.getByRole('checkbox', { name: 'Messages', exact: true }).uncheck()
  await page.getByText('Without messages, no answer of a user reaches it.').waitFor()
  await page.getByRole('checkbox', { name: 'Messages', exact: true }).check()
  await page.getByRole('radio', { name: 'These only' }).check()
  await page.getByText('Name at least one, or choose None.').waitFor()
  await page.getByRole('textbox', { name: 'Emoji' }).fill('👍 nice')
  await page.getByText('Is not an emoji.').waitFor()
  const file = (svg: string) => ({ name: 'icon.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) })
  const choose = page.locator('input[type=file]')
  await choose.setInputFiles(file(ICON.replace('<circle', '<script/><circle')))
  await page.getByText(/^Must not hold <script>/).waitFor()
  expect(await submit.isDisabled()).toBe(true)

  await choose.setInputFiles(file(ICON))
  await page.getByRole('textbox', { name: 'Emoji' }).fill('👍❤️')
  await page.getByLabel('Approved accounts').fill('')
  await fillIn(page)
  await page.getByRole('alert').first().waitFor({ state: 'detached' })
  await submit.click()
  const dialog = page.getByRole('dialog', { name: 'Access to Harbor Chat' })
  const secret = await dialog.getByLabel('Secret').inputValue()
  expect(secret).toMatch(/^[0-9a-f]{40}$/)
  expect(await dialog.getByLabel('Symbolic code').inputValue()).toMatch(/^amo\.ext\.harbor-chat-/)
  await dialog.getByRole('button', { name: 'I have kept it' }).click()
  const id = openedId(page)
  await page.reload()
  await page.getByRole('heading', { name: 'Access parameters' }).waitFor()
  expect(await page.content()).not.toContain(secret)

  await page.getByRole('button', { name: 'Connect Harbor Chat' }).click()
  await page.getByRole('button', { name: 'Disconnect' }).waitFor()
  expect(await sendAs({ id, secret }, 'Do you have a berth?')).toBe(200)
  const admin = await account.asAdmin()
  await expect.poll(async () => (await admin.get<ChatPage>('/chats')).items.length).toBe(1)
  await page.getByRole('button', { name: 'Send a test message' }).click()
  await page.getByRole('button', { name: 'Open it' }).click()
  await page.getByText('A test message: Harbor Chat is connected.').last().waitFor()
  await page.getByRole('button', { name: 'Accept' }).first().waitFor()
  await page.goto(`${world.url}/inbox`)
  const row = page.getByRole('option').filter({ hasText: 'Do you have a berth?' })
  await row.waitFor()
  // Its icon stands beside the client, drawn.
  const icon = row.getByRole('img', { name: 'Harbor Chat' }).locator('img')
  await expect
    .poll(() => icon.evaluate((image: unknown) => (image as { naturalWidth: number }).naturalWidth > 0))
    .toBe(true)
})

test('a connection is renamed, warns before it ends, and ends', async () => {
  const channel = await world.aChannel({ account, title: 'Harbor Line', isOwned: true })
  const page = await open(`/settings/channels/${channel.id}`)
  const title = page.getByRole('textbox', { name: 'Title' })
  await title.fill('On the quay')
  await page.getByRole('button', { name: 'Save' }).click()
  const admin = await account.asAdmin()
  const connection = async () => (await admin.get<{ items: ChannelCard[] }>('/channels')).items[0]?.connection
  await expect.poll(async () => (await connection())?.title).toBe('On the quay')
  await page.getByRole('button', { name: 'Disconnect' }).click()
  const warning = page.getByRole('dialog', { name: 'Disconnect On the quay?' })
  await warning.getByText(/reach nobody from then on/).waitFor()
  await warning.getByRole('button', { name: 'Disconnect' }).click()
  await page.getByRole('heading', { name: 'Not connected' }).waitFor()
  expect(await connection()).toBeNull()
})

test('a secret is changed with both good for a day, and the old one revoked', async () => {
  const channel = await world.aChannel({ account, isOwned: true })
  const page = await open(`/settings/channels/${channel.id}`)
  await page.getByRole('button', { name: 'Make a new secret' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make a new secret' }).click()
  const shown = page.getByRole('dialog', { name: /^Access to/ })
  const secret = await shown.getByLabel('Secret').inputValue()
  await shown.getByRole('button', { name: 'I have kept it' }).click()
  await page.getByText(/^Two secrets are good until/).waitFor()
  const send = (key: string) => sendAs({ id: channel.id, secret: key }, 'Hello')
  expect([await send(channel.secret), await send(secret)]).toEqual([200, 200])
  await page.getByRole('button', { name: 'Revoke the old secret' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke the old secret' }).click()
  await page.getByRole('button', { name: 'Make a new secret' }).waitFor()
  expect([await send(channel.secret), await send(secret)]).toEqual([403, 200])
})

test('who is no admin, or no operator, is told who can help', async () => {
  const page = await open('/settings/channels', account.manager)
  await page.getByText('Channels is for admins').waitFor()
  const other = await open('/settings/registrations')
  await other.getByText('Channel requests are for operators of this server').waitFor()
})

test('G H goes there; axe finds nothing serious in light or dark', async () => {
  const channel = await world.aChannel({ account, isOwned: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await open('/inbox', account.admin, { colorScheme })
    await page.getByRole('navigation', { name: 'Main' }).first().waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await page.getByRole('heading', { name: 'Working' }).waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    for (const path of ['/settings/channels/new', `/settings/channels/${channel.id}`]) {
      await page.goto(world.url + path)
      await page.getByLabel('Service name').waitFor()
      expect(await findAccessibilityFaults(page)).toEqual([])
    }
    await page.getByLabel('Service name').focus()
    await page.keyboard.press('Tab')
    expect(await hasKeyboard(page.getByLabel('What is special about it'))).toBe(true)
  }
})

test('where channels are moderated one waits, is sent back, is told, changes it, and is approved', async () => {
  const strict = await startTestWorld({ clock: 'system', env: { PARLEY_CHANNELS: 'moderated' } })
  try {
    const [harbor, house] = [await strict.anAccount(), await strict.anAccount({ name: 'Parley House' })]
    await setOperator(strict.deps, { email: house.admin.email, isOperator: true })
    const page = await open('/settings/channels/new', harbor.admin, {}, strict.url)
    await fillIn(page)
    await page.getByRole('button', { name: 'Register', exact: true }).click()
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('Waiting for the operator of this server').waitFor()

    const desk = await open('/inbox', house.admin, {}, strict.url)
    await desk.getByRole('link', { name: 'Settings, 1 channel waits' }).click()
    await desk.getByRole('link', { name: /^Channel requests/ }).click()
    const request = desk.getByRole('region', { name: 'Harbor Chat' })
    await request.getByText('https://hooks.example.net/in/:scope_id').waitFor()
    expect(await findAccessibilityFaults(desk)).toEqual([])
    await request.getByRole('button', { name: 'Send back Harbor Chat' }).click()
    await desk.getByLabel('Message').fill('Say who runs it')
    await desk.getByRole('dialog').getByRole('button', { name: 'Send back' }).click()
    await desk.getByText('Nothing waits').waitFor()
    await desk.getByRole('link', { name: 'Settings', exact: true }).waitFor()

    // By itself, and in the notification centre, which leads here.
    await page.getByText('Say who runs it').waitFor()
    await page.goto(`${strict.url}/notifications`)
    await page.getByText('The operator sent it back to be changed').click()
    await page.getByText('Sent back to be changed').waitFor()
    await page.getByLabel('What is special about it').fill('For boats, by Harbor Shop')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Waiting for the operator of this server').waitFor()
    // Nobody reads the queue again: it comes by itself.
    await desk.getByRole('button', { name: 'Approve Harbor Chat' }).click()
    await page.getByRole('button', { name: 'Connect Harbor Chat' }).click()
    await page.getByRole('button', { name: 'Disconnect' }).waitFor()

    // One that serves everybody asks again before its hooks go elsewhere; what stands goes on.
    await page.getByRole('radio', { name: 'Everyone' }).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await desk.getByRole('button', { name: 'Approve Harbor Chat' }).click()
    await page.getByText('Waiting for the operator of this server').waitFor({ state: 'detached' })
    await page.getByLabel('Hook URL', { exact: true }).fill('https://other.example.net/in/:scope_id')
    await page.getByRole('button', { name: 'Save' }).click()
    await desk
      .getByRole('region', { name: 'Harbor Chat' })
      .getByText('https://other.example.net/in/:scope_id')
      .waitFor()
    await desk.getByRole('link', { name: 'Settings, 1 channel waits' }).waitFor()
    await page.getByRole('button', { name: 'Disconnect' }).waitFor()
    expect(await strict.deps.db.selectFrom('channel').select('webhook_url_v2').execute()).toEqual([
      { webhook_url_v2: 'https://hooks.example.net/in/:scope_id' },
    ])
  } finally {
    await strict.stop()
  }
})
