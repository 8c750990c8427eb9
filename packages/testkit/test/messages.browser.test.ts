import type { ChatId, MessageId } from '@parley/protocol/model'
import {
  type AppClient,
  aPng,
  FileServer,
  findAccessibilityFaults,
  launchBrowser,
  openAs,
  startTestWorld,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContext, Locator, Page, Response } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aTone, Client, PDF } from './conversation-world.ts'

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
let files: FileServer
let context: BrowserContext
let channel: TestChannel
let nora: Client

beforeAll(async () => {
  ;[world, browser, files] = await Promise.all([
    startTestWorld({ clock: 'system' }),
    launchBrowser(),
    FileServer.start(),
  ])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
  await files?.stop()
})

beforeEach(async () => {
  channel = await world.aChannel({ settings: { reactions: 'all', supports_reply: true } })
  nora = new Client(channel, files, 'Nora Lind')
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(DEADLINE_MS)
})
afterEach(() => context.close())

/** Logged in, with the conversation open. */
async function openConversation(): Promise<{ page: Page; log: Locator }> {
  const page = await openAs(context, world.url, channel.account.manager)
  await page.getByRole('option', { name: nora.name }).click()
  return { page, log: page.getByRole('log', { name: 'Messages' }) }
}

const chatOf = (stored: { conversation_id: string }) => stored.conversation_id as ChatId
const idOf = (stored: { msgid: string }) => stored.msgid as MessageId
const rowOf = (page: Page) => page.getByRole('option', { name: nora.name })
/** Is it drawn, and not only named. */
const isDrawn = (picture: Locator) =>
  picture.evaluate(async (element: unknown) => {
    const image = element as { decode(): Promise<void>; naturalWidth: number }
    await image.decode()
    return image.naturalWidth > 0
  })

/** Passes requests on, and gives their answers to the page only when something has happened. */
const holdAnswer = (page: Page, url: string, until: () => Promise<unknown>) =>
  page.route(url, async (route) => {
    const response = await route.fetch()
    if (route.request().method() !== 'GET') await until()
    await route.fulfill({ response })
  })

/** Whatever an answer changes on the screen has changed. */
async function settled(page: Page, answer: Response): Promise<void> {
  await answer.finished()
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
}

describe('every kind of message', () => {
  test('pictures open at full size, one after another', async () => {
    await nora.sendFile('picture', 'kitchen.png', aPng(900, 600, '#c85028'), { text: 'This one' })
    await nora.say('or')
    await nora.sendFile('picture', 'garden.png', aPng(400, 700, '#2860c8'))
    const { page, log } = await openConversation()
    const kitchen = log.getByRole('button', { name: 'kitchen.png' })
    await kitchen.waitFor()
    expect(await isDrawn(log.getByRole('img', { name: 'kitchen.png' }))).toBe(true)
    // Its box has the proportions of the file.
    const box = (await kitchen.boundingBox())!
    expect(box.width / box.height).toBeCloseTo(1.5, 1)
    await log.getByText('This one').waitFor()
    await rowOf(page).filter({ hasText: 'Photo' }).waitFor()

    await kitchen.click()
    const viewer = page.getByRole('dialog', { name: 'Picture' })
    await viewer.getByText('1 of 2').waitFor()
    expect(await isDrawn(viewer.getByRole('img', { name: 'kitchen.png' }))).toBe(true)
    await page.keyboard.press('ArrowRight')
    await viewer.getByRole('img', { name: 'garden.png' }).waitFor()
    await viewer.getByRole('button', { name: 'Full size' }).click()
    await viewer.getByRole('button', { name: 'Fit to the window' }).waitFor()
    expect(await viewer.getByRole('link', { name: 'Download garden.png' }).getAttribute('download')).toBe('garden.png')
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'detached' })
    // The keyboard is where the reader is now.
    await expect.poll(() => page.evaluate('document.activeElement?.querySelector("img")?.alt')).toBe('garden.png')
  })

  test('a voice message plays, shows where one is, and goes where it is told', async () => {
    await nora.sendFile('voice', 'note.wav', aTone(4), { media_duration: 4 })
    await nora.sendFile('audio', 'song.wav', aTone(3), { media_duration: 3 })
    const { page, log } = await openConversation()
    await rowOf(page).filter({ hasText: 'song.wav' }).waitFor()
    await log.getByRole('button', { name: 'Play Voice message' }).click()
    await log.getByRole('button', { name: 'Pause Voice message' }).waitFor()
    const position = log.getByRole('slider', { name: 'Position' }).first()
    await position.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Home')
    await log.getByRole('button', { name: 'Speed: 1×' }).click()
    await log.getByRole('button', { name: 'Speed: 1.5×' }).waitFor()
    // One at a time.
    await log.getByRole('button', { name: 'Play song.wav' }).click()
    await log.getByRole('button', { name: 'Pause song.wav' }).waitFor()
    await log.getByRole('button', { name: 'Play Voice message' }).waitFor()
  })

  test('a file, a place, a contact and a sticker', async () => {
    await nora.sendFile('file', 'prices.pdf', PDF)
    await nora.send({ type: 'location', location: { lat: 38.7169, lon: -9.1305 } })
    await nora.send({ type: 'contact', contact: { name: 'Omar; Haddad', phone: '+46 70 000 00 56' } })
    await nora.sendFile('sticker', 'cat.png', aPng(200, 200, '#28c860'))
    const { page, log } = await openConversation()
    const file = log.getByRole('link', { name: 'Download prices.pdf' })
    await file.waitFor()
    const answer = await page.request.get(new URL((await file.getAttribute('href'))!, world.url).href)
    expect((await answer.body()).equals(PDF)).toBe(true)

    const place = log.getByRole('link', { name: 'Location 38.7169, −9.1305' })
    expect(await place.getAttribute('href')).toBe(
      'https://www.openstreetmap.org/?mlat=38.716900&mlon=-9.130500#map=16/38.716900/-9.130500',
    )
    expect(await log.getByRole('link', { name: '+46 70 000 00 56' }).getAttribute('href')).toBe('tel:+46700000056')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      log.getByRole('button', { name: 'Save the contact Omar; Haddad' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('Omar; Haddad.vcf')
    expect(await isDrawn(log.getByRole('img', { name: 'Sticker' }))).toBe(true)
    await rowOf(page).filter({ hasText: 'Sticker' }).waitFor()
  })

  test('a link that is dead says so, and is tried again when somebody asks', async () => {
    const path = `/${channel.id}/late.png`
    await nora.send({ type: 'picture', media: files.url + path, file_name: 'late.png', file_size: 10 })
    const { page, log } = await openConversation()
    const retry = log.getByRole('button', { name: 'Try again' })
    const picture = log.getByRole('button', { name: 'late.png' })
    await retry.waitFor()
    await log.getByText('The file could not be fetched').waitFor()
    files.serve(path, { body: aPng(300, 200, '#8028c8') })
    // What came of it is told before the answer comes, which knows nothing of it yet.
    await holdAnswer(page, '**/media/retry', () => picture.waitFor())
    const [answer] = await Promise.all([page.waitForResponse('**/media/retry'), retry.click()])
    await settled(page, answer)
    expect(await picture.count()).toBe(1)
    expect(await isDrawn(log.getByRole('img', { name: 'late.png' }))).toBe(true)
  })
})

describe('what is said about a message', () => {
  test('an answer that comes behind what was told meanwhile does not put the screen back', async () => {
    await nora.say('Is it ready?')
    const { page, log } = await openConversation()
    const tick = log.getByRole('img', { name: 'Delivered' })
    await holdAnswer(page, '**/messages', async () => {
      const sent = (await world.messagesOf(channel)).find(({ direction }) => direction === 'out')!
      await channel.post({ msgid: sent.id, delivery_status: 1 }, { path: `/${sent.id}/delivery_status` })
      await tick.waitFor()
    })
    await page.getByRole('textbox', { name: 'Reply' }).fill('It is')
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST' && /\/messages$/.test(response.url())),
      page.keyboard.press('Enter'),
    ])
    expect((await answer.json()).message.status).not.toBe('delivered')
    await settled(page, answer)
    expect(await tick.count()).toBe(1)
  })

  test('a quote leads to its origin, also when that is not loaded', async () => {
    const first = await nora.say('Could we come on Saturday?')
    for (let index = 1; index <= 60; index += 1) await nora.say(`Message ${index}`)
    await nora.say('About that', { reply_to: { message: { msgid: first.ref_id } } })
    const { log } = await openConversation()
    await log.getByText('About that').waitFor()
    expect(await log.getByText('Could we come on Saturday?').count()).toBe(1)
    await log.getByRole('button', { name: 'In answer to Nora Lind' }).click()
    const origin = log.getByText('Could we come on Saturday?').first()
    await log.getByText('Message 1', { exact: true }).waitFor()
    await origin.waitFor()
  })

  test('a forwarded one names its author, an edited one shows what it was', async () => {
    const sender = { id: 'omar', name: 'Omar Haddad' }
    await nora.say('See below', {
      forwards: { messages: [{ type: 'text', text: 'The invoice is paid', sender }] },
    })
    const edited = await nora.say('Six o clock')
    const answer = await channel.post({
      event_type: 'edit_message',
      payload: {
        timestamp: Math.floor(Date.now() / 1000),
        msec_timestamp: Date.now(),
        msgid: edited.ref_id,
        conversation_id: nora.conversationId,
        message: { type: 'text', text: 'Seven o clock' },
      },
    })
    expect(answer.status).toBe(200)
    const { page, log } = await openConversation()
    await log.getByText('Forwarded from Omar Haddad').waitFor()
    await log.getByText('Seven o clock').waitFor()
    await log.getByRole('button', { name: 'Edited' }).click()
    await page.getByRole('dialog', { name: 'Earlier versions' }).getByText('Six o clock').waitFor()
  })

  test('a reaction is given and taken back, and the client’s appears by itself', async () => {
    const stored = await nora.say('Thank you')
    const { page, log } = await openConversation()
    await log.getByText('Thank you').hover()
    await log.getByRole('button', { name: 'React' }).click()
    await page.getByRole('dialog', { name: 'Choose a reaction' }).getByRole('button', { name: '👍' }).click()
    await log.getByRole('button', { name: '👍, You' }).waitFor()
    const client = await channel.account.asManager()
    const reactionsOf = async () => (await client.listMessages(chatOf(stored))).items[0]?.reactions ?? []
    await expect.poll(reactionsOf).toMatchObject([{ emoji: '👍', author: { kind: 'user' } }])

    const react = (type: string) =>
      channel.post(
        { conversation_id: nora.conversationId, msgid: stored.ref_id, user: { id: nora.id }, type, emoji: '👍' },
        { path: '/react' },
      )
    expect((await react('react')).status).toBe(200)
    await log.getByRole('button', { name: '👍, You, Nora Lind' }).click()
    await log.getByRole('button', { name: '👍, Nora Lind' }).waitFor()
    expect((await react('unreact')).status).toBe(200)
    await log.getByRole('list', { name: 'Reactions' }).waitFor({ state: 'detached' })
  })

  test('a reaction the server refuses goes away again, with the reason', async () => {
    await nora.say('Thank you')
    const { page, log } = await openConversation()
    await log.getByText('Thank you').hover()
    await log.getByRole('button', { name: 'React' }).click()
    await page.route('**/reaction', (route) =>
      route.fulfill({
        status: 422,
        json: { error: { code: 'unsupported', message: 'Harbor Chat does not take it.' } },
      }),
    )
    await page.getByRole('dialog', { name: 'Choose a reaction' }).getByRole('button', { name: '👍' }).click()
    await log.getByRole('alert').filter({ hasText: 'Harbor Chat does not take it' }).waitFor()
    expect(await log.getByRole('button', { name: '👍' }).count()).toBe(0)
  })

  test('the actions of every message are reached by keyboard', async () => {
    await nora.say('First')
    await nora.say('Second')
    const { page, log } = await openConversation()
    await log.getByText('Second').waitFor()
    await log.getByRole('toolbar').waitFor()
    await log.focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate('document.activeElement?.getAttribute("aria-label")')).toBe('Reply')
    await page.getByRole('region', { name: 'Conversation with Nora Lind' }).getByText('First').nth(1).waitFor()
  })

  test('typing shows in the row and in the conversation, and ends with the message', async () => {
    await nora.say('Hello')
    const { page, log } = await openConversation()
    await log.getByText('Hello').waitFor()
    const typing = { conversation_id: nora.conversationId, sender: { id: nora.id }, duration_ms: 30_000 }
    expect((await channel.post(typing, { path: '/typing' })).status).toBe(204)
    await page.getByRole('status').filter({ hasText: 'Nora Lind is typing' }).waitFor()
    await rowOf(page).filter({ hasText: 'typing…' }).waitFor()
    const secondTab = await context.newPage()
    await secondTab.goto(page.url())
    await secondTab.getByText('Hello').first().waitFor()
    expect((await channel.post(typing, { path: '/typing' })).status).toBe(204)
    await secondTab.getByRole('status').filter({ hasText: 'Nora Lind is typing' }).waitFor()
    await nora.say('Are you there?')
    for (const tab of [page, secondTab]) {
      await tab.getByRole('log').getByText('Are you there?').waitFor()
      expect(await tab.getByText('Nora Lind is typing').count()).toBe(0)
    }
  })

  test('comments stand under their post, and can be looked at alone', async () => {
    const post = { id: 'post-1', url: 'https://harbor.example/p/1', caption: 'New bikes', username: 'Harbor Bikes' }
    await nora.say('A direct question')
    await nora.send({ type: 'text', text: 'Lovely', post })
    const { page, log } = await openConversation()
    await log.getByText('New bikes').waitFor()
    expect(await log.getByRole('link', { name: 'Open the post' }).getAttribute('href')).toBe(post.url)
    const filter = page.getByRole('group', { name: 'Show messages' })
    await filter.getByRole('button', { name: 'Direct' }).click()
    await log.getByText('Lovely').waitFor({ state: 'detached' })
    await log.getByText('A direct question').waitFor()
    await filter.getByRole('button', { name: 'New bikes' }).click()
    await log.getByText('Lovely').waitFor()
    expect(await log.getByText('A direct question').count()).toBe(0)
  })

  test('a comment is answered as one, also where nothing can be quoted', async () => {
    const post = { id: 'post-1', url: 'https://harbor.example/p/1', caption: 'New bikes' }
    channel = await world.aChannel({ settings: { reactions: 'all', supports_reply: false } })
    nora = new Client(channel, files, 'Nora Lind')
    await nora.say('A direct question')
    await nora.send({ type: 'text', text: 'Lovely', post })
    const { page, log } = await openConversation()
    await log.getByText('Lovely').hover()
    await log.getByRole('button', { name: 'Reply' }).click()
    await page.getByText('Comment under “New bikes”').waitFor()
    // A direct message still has none.
    await log.getByText('A direct question').hover()
    await log.getByRole('toolbar').nth(1).waitFor()
    expect(await log.getByRole('button', { name: 'Reply' }).count()).toBe(1)
  })
})

/** One of everything, for those who look at the whole. */
async function sendOneOfEach(client: AppClient): Promise<void> {
  const hello = await nora.say('Hello, see https://harbor.example')
  await nora.sendFile('picture', 'kitchen.png', aPng(900, 600, '#c85028'), { text: 'This one' })
  await nora.sendFile('voice', 'note.wav', aTone(4), { media_duration: 4 })
  await nora.sendFile('audio', 'song.wav', aTone(3), { media_duration: 3 })
  await nora.sendFile('file', 'prices.pdf', PDF)
  await nora.send({ type: 'location', location: { lat: 38.7169, lon: -9.1305 } })
  await nora.send({ type: 'contact', contact: { name: 'Omar Haddad', phone: '+46 70 000 00 56' } })
  await nora.say('About that', { reply_to: { message: { msgid: hello.ref_id } } })
  await nora.send({ type: 'picture', media: `${files.url}/nowhere.png`, file_name: 'nowhere.png', file_size: 10 })
  await client.request('PUT', `/chats/${chatOf(hello)}/messages/${idOf(hello)}/reaction`, { emoji: '👍' })
}

test.each(['light', 'dark'] as const)('axe finds nothing serious in any kind, %s', async (colorScheme) => {
  await sendOneOfEach(await channel.account.asManager())
  const { page, log } = await openConversation()
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1440, height: 2_400 })
  await log.getByRole('button', { name: 'Try again' }).waitFor()
  await log.getByRole('button', { name: 'kitchen.png' }).waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 2_400 })
  expect(await findAccessibilityFaults(page)).toEqual([])
  await log.getByRole('button', { name: 'kitchen.png' }).click()
  await page.getByRole('dialog', { name: 'Picture' }).getByRole('img', { name: 'kitchen.png' }).waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
})
