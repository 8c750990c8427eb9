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
  const events = ['messages', 'typing', 'reactions']
  const form = { name: 'Harbor Chat', webhookUrl: 'http://127.0.0.1:9/:scope_id', events }
  const { channel } = await admin.post<ChannelWithSecret>('/channels', form)
  await admin.post(`/channels/${channel.id}/connect`, {})
  await admin.put(`/channels/${channel.id}/simulator`, { isOn: true })
  await admin.post(`/channels/${channel.id}/simulator/clients`, { name: 'Nora Lind', phone: '+46700000055' })
  simulatorPath = `/developer/${channel.id}/simulator`
  page = await openAs(context, world.url, account.admin, simulatorPath)
  await phone().waitFor()
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

/** By the menu beside the message. */
async function sendOther(item: string): Promise<void> {
  await page.getByRole('button', { name: 'Send something else' }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

const wire = () => page.getByRole('region', { name: 'On the wire' })

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
    for (const kind of kinds) await sendOther(kind)
    const chat = await chatId()
    await expect
      .poll(async () => (await messages(chat)).map(({ kind }) => kind).sort())
      .toEqual(['audio', 'contact', 'file', 'location', 'picture', 'sticker', 'video', 'voice'])
    // The server fetched its own samples, by the way it fetches any channel's files.
    await expect
      .poll(async () => JSON.stringify((await messages(chat)).find(({ kind }) => kind === 'video')))
      .toContain('/files/')
  })

  test('presses a button, answers to a message, passes it on, and says what came of it', async () => {
    await write('Hello')
    await phone().getByText('Hello').waitFor()
    const chat = await chatId()
    const stream = await admin.openStream()
    await sendOther('Is typing')
    await stream.waitForTyping(({ author, until }) => author.name === 'Nora Lind' && until > 0)
    stream.close()
    await admin.post(`/chats/${chat}/typing`, {})
    await phone().getByText('A manager is typing…').waitFor()
    await admin.sendMessage(chat, { text: 'Which one?', buttons: [[{ text: 'Blue' }, { text: 'Red' }]] })
    await phone().getByRole('button', { name: 'Blue', exact: true }).click()
    await expect.poll(() => find(chat, 'Blue')).toMatchObject({ direction: 'in' })

    await act('Which one?', 'Reply')
    await page.getByText('Reply to: Which one?').waitFor()
    await write('The one on the quay')
    await expect.poll(() => find(chat, 'The one on the quay')).toMatchObject({ replyTo: { text: 'Which one?' } })
    await act('Which one?', 'Forward')
    await page.getByText('Forward: Which one?').waitFor()
    await write('See here')
    await expect.poll(() => find(chat, 'See here')).toMatchObject({ forwarded: { text: 'Which one?' } })

    await act('Which one?', 'Report as delivered')
    await expect.poll(async () => (await find(chat, 'Which one?'))?.status).toBe('delivered')
    await admin.sendText(chat, 'Still there?')
    await phone().getByText('Still there?').waitFor()
    await act('Still there?', 'Report an error')
    const failed = { status: 'failed', failure: { reason: 'The phone is switched off' } }
    await expect.poll(() => find(chat, 'Still there?')).toMatchObject(failed)
    await phone().getByText('error', { exact: true }).waitFor()
  })

  test('is overtaken, is late, and is refused when his request was signed a day ago', async () => {
    await choose('On the way', 'The next one overtakes it')
    await write('First')
    await page.getByText('Held back: the next one overtakes it.').waitFor()
    await choose('On the way', 'Arrives 3 s late')
    await write('Second')
    const chat = await chatId()
    await expect.poll(async () => (await messages(chat)).map(({ text }) => text)).toEqual(['Second', 'First'])
    // It came after the other one: what is last on the wire stands first.
    const requests = wire().getByText(/^POST …/)
    await requests.nth(1).waitFor()
    await requests.first().click()
    await wire().getByText('"text": "First"').waitFor()
    await write('Third')
    await expect.poll(() => find(chat, 'Third')).toMatchObject({ direction: 'in' })
    await choose('On the way', 'Signed a day ago')
    await write('Fourth')
    await page.getByText(/Answered 403: /).waitFor()
    expect(await find(chat, 'Fourth')).toBeUndefined()
  })

  test('is asked for a number that is one, and is removed', async () => {
    await page.getByRole('button', { name: 'Add a client' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a client' })
    await dialog.getByLabel('Name').fill('Omar Haddad')
    await dialog.getByLabel('Phone number').fill('soon')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog.getByText('Is not a phone number.').waitFor()
    expect(await dialog.getByLabel('Phone number').getAttribute('aria-invalid')).toBe('true')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Remove Nora Lind' }).click()
    await page.getByText('Nobody writes yet').waitFor()
  })

  test('arrives once when sent twice; what is signed wrongly is refused, and said', async () => {
    await choose('On the way', 'Arrives twice')
    await write('Hello')
    const chat = await chatId()
    await expect.poll(async () => (await messages(chat)).length).toBe(1)
    await wire()
      .getByText(/^POST …/)
      .nth(1)
      .waitFor()
    await choose('On the way', 'Signed wrongly')
    await write('Again')
    await page.getByText(/Answered 403: .*signature/).waitFor()
    expect(await messages(chat)).toHaveLength(1)
  })
})

test('is begun on the screen: the channel is connected, its hooks are taken here, a client is added', async () => {
  const form = { name: 'Quay Mail', webhookUrl: 'http://127.0.0.1:9/:scope_id' }
  const { channel } = await admin.post<ChannelWithSecret>('/channels', form)
  await page.goto(`${world.url}/developer/${channel.id}/simulator`)
  await page.getByRole('button', { name: 'Connect' }).click()
  await page.getByRole('button', { name: 'Take hooks here' }).click()
  await addClient('Nora Lind')
  await write('Hello')
  await phone().getByText('Hello').waitFor()
  await admin.sendText(await chatId(), 'Ahoy')
  await phone().getByText('Ahoy', { exact: true }).waitFor()
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

test('an endpoint that answers what is chosen: refused for good, cut off, garbage; and no longer here', async () => {
  await write('Hello')
  const chat = await chatId()
  await choose('It answers', '404')
  await admin.sendText(chat, 'Gone')
  const refused = { status: 'failed', failure: { reason: 'Harbor Chat answered 404' } }
  await expect.poll(() => find(chat, 'Gone')).toMatchObject(refused)
  await choose('It answers', 'Connection cut off')
  await admin.sendText(chat, 'Cut')
  await wire().getByText('Connection cut off', { exact: true }).first().waitFor()
  await expect.poll(async () => (await find(chat, 'Cut'))?.failure?.reason).toMatch(/^Harbor Chat could not be reached/)
  await choose('It answers', '200 with garbage')
  await page.getByRole('button', { name: 'Try what waits' }).click()
  await expect.poll(async () => (await find(chat, 'Cut'))?.status).toBe('sent')
  await phone().getByText('Cut', { exact: true }).waitFor()
  await wire().getByRole('button', { name: 'Clear' }).click()
  await page.getByText('Nothing went over the wire yet').waitFor()
  await page.getByRole('button', { name: 'Stop taking' }).click()
  await page.getByText(/^Hooks go to the channel's own address/).waitFor()
})

test('an endpoint that takes its time is waited for; one that says nothing is given up at the deadline', async () => {
  await write('Hello')
  const chat = await chatId()
  await choose('It answers', '200 after 5 s')
  await admin.sendText(chat, 'Slow')
  await phone().getByText('Slow', { exact: true }).waitFor()
  expect((await find(chat, 'Slow'))?.status).toBe('queued')
  await expect.poll(async () => (await find(chat, 'Slow'))?.status, { timeout: DEADLINE_MS }).toBe('sent')
  await choose('It answers', 'Nothing, until the deadline')
  await admin.sendText(chat, 'Unheard')
  const reason = async () => (await find(chat, 'Unheard'))?.failure?.reason
  await expect.poll(reason, { timeout: DEADLINE_MS }).toMatch(/did not answer within 10 s/)
  await choose('It answers', '200 at once')
  await expect.poll(async () => (await find(chat, 'Unheard'))?.status, { timeout: DEADLINE_MS }).toBe('sent')
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
