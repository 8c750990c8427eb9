import type { ChannelWithSecret, ChatId, ChatPage, ThreadPage } from '@parley/protocol/model'
import {
  type AppClient,
  findAccessibilityFaults,
  launchBrowser,
  openAs,
  startTestWorld,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
let context: BrowserContext
let admin: AppClient
let page: Page
let simulatorPath: string

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(DEADLINE_MS)
  const account = await world.anAccount()
  admin = await account.asAdmin()
  const form = { name: 'Harbor Chat', webhookUrl: 'http://127.0.0.1:9/:scope_id' }
  const { channel } = await admin.post<ChannelWithSecret>('/channels', form)
  simulatorPath = `/developer/${channel.id}/simulator`
  page = await openAs(context, world.url, account.admin)
  await page.goto(world.url + simulatorPath)
  await page.getByRole('button', { name: 'Connect' }).click()
  await page.getByRole('button', { name: 'Take hooks here' }).click()
  await addClient('Nora Lind')
})
afterEach(() => context?.close())

async function addClient(name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a client' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a client' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('Phone number').fill('+46700000055')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

const phone = () => page.getByRole('log', { name: 'Conversation of Nora Lind' })

async function write(text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

async function act(text: string, item: string): Promise<void> {
  await phone()
    .getByRole('button', { name: `Act on: ${text}` })
    .click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

async function chatId(): Promise<ChatId> {
  await expect.poll(async () => (await admin.get<ChatPage>('/chats')).items.length).toBe(1)
  return (await admin.get<ChatPage>('/chats')).items[0]!.id
}

const messages = async (chat: ChatId) => (await admin.get<ThreadPage>(`/chats/${chat}/messages`)).items
const find = async (chat: ChatId, text: string) => (await messages(chat)).find((one) => one.text === text)

describe('a client in the simulator', () => {
  test('writes, is answered, edits, reacts and reads', async () => {
    await write('Is it in stock?')
    await phone().getByText('Is it in stock?').waitFor()
    const chat = await chatId()
    await admin.sendText(chat, 'It is.')
    await phone().getByText('It is.', { exact: true }).waitFor()
    await act('Is it in stock?', 'Edit')
    await write('Is the blue one in stock?')
    await expect.poll(() => find(chat, 'Is the blue one in stock?')).toMatchObject({ editedAt: expect.any(Number) })
    await act('It is.', 'React with 👍')
    await expect.poll(async () => JSON.stringify(await find(chat, 'It is.'))).toContain('👍')
    await act('It is.', 'Report as read')
    await expect.poll(async () => (await find(chat, 'It is.'))?.status).toBe('read')
    await phone().getByText('read', { exact: true }).waitFor()
    await page.reload()
    await phone().getByText('Is the blue one in stock?').waitFor()
    await phone().getByText('It is.', { exact: true }).waitFor()
  })

  test('sends every kind', async () => {
    const kinds = ['Picture', 'File', 'Video', 'Audio', 'Voice message', 'Sticker', 'Location', 'Contact']
    for (const kind of kinds) {
      await page.getByRole('button', { name: 'Send something else' }).click()
      await page.getByRole('menuitem', { name: kind, exact: true }).click()
    }
    const chat = await chatId()
    await expect
      .poll(async () => (await messages(chat)).map(({ kind }) => kind).sort())
      .toEqual(['audio', 'contact', 'file', 'location', 'picture', 'sticker', 'video', 'voice'])
    // The server fetched its own samples, by the way it fetches any channel's files.
    await expect
      .poll(async () => JSON.stringify((await messages(chat)).find(({ kind }) => kind === 'video')))
      .toContain('/files/')
  })

  test('arrives once when sent twice; what is signed wrongly is refused, and said', async () => {
    await choose('On the way', 'Arrives twice')
    await write('Hello')
    const chat = await chatId()
    await expect.poll(async () => (await messages(chat)).length).toBe(1)
    await page
      .getByRole('region', { name: 'On the wire' })
      .getByText(/^POST …/)
      .nth(2)
      .waitFor()
    await choose('On the way', 'Signed wrongly')
    await write('Again')
    await page.getByText(/Answered 403: .*signature/).waitFor()
    expect(await messages(chat)).toHaveLength(1)
  })
})

test('an endpoint that fails: the message waits, is tried again, and arrives in order', async () => {
  await write('Hello')
  const chat = await chatId()
  await choose('It answers', '500')
  await admin.sendText(chat, 'First')
  await admin.sendText(chat, 'Second')
  await page.getByRole('region', { name: 'On the wire' }).getByText('500', { exact: true }).first().waitFor()
  expect((await find(chat, 'First'))?.status).toBe('queued')
  await choose('It answers', '200 at once')
  await phone().getByText('Second').waitFor()
  const shown = await phone()
    .getByText(/^(First|Second)$/)
    .allTextContents()
  expect(shown).toEqual(['First', 'Second'])
  await expect.poll(async () => (await find(chat, 'Second'))?.status).toBe('sent')
})

test.each(['light', 'dark'] as const)('can be used by everybody, %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme })
  await write('Hello')
  await phone().getByText('Hello').waitFor()
  await page
    .getByRole('region', { name: 'On the wire' })
    .getByText(/^POST …/)
    .first()
    .click()
  expect(await findAccessibilityFaults(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('radio', { name: 'On the wire' }).check()
  await page
    .getByRole('region', { name: 'On the wire' })
    .getByText(/^POST …/)
    .first()
    .waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
})
