import type { ChatId } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import {
  aNewMessage,
  aSender,
  findAccessibilityFaults,
  type HookReceiver,
  hasKeyboard,
  launchBrowser,
  startTestWorld,
  type TestChannel,
  type TestUser,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
let hook: HookReceiver
let channel: TestChannel
let chatId: ChatId
const contexts: BrowserContext[] = []

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

beforeEach(async () => {
  hook = await world.aHookReceiver()
  channel = await world.aChannel({ hook, name: 'Harbor Chat', settings: { supports_reply: true } })
  chatId = (await say('Is it in stock?')).conversation_id as ChatId
})
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()))
})

const say = (text: string) =>
  channel.send(aNewMessage({ text, conversation_id: 'nora', sender: aSender({ id: 'nora', name: 'Nora Lind' }) }))

/** A browser of one's own, at an address. */
async function open(user: TestUser, path = `/inbox?c=${chatId}`): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(DEADLINE_MS)
  contexts.push(context)
  const { cookie } = await user.logIn()
  const [name = '', value = ''] = cookie.split('=', 2)
  await context.addCookies([{ name, value, url: world.url }])
  const page = await context.newPage()
  await page.goto(world.url + path)
  return page
}

const manager = () => channel.account.manager
const admin = () => channel.account.admin
const logOf = (page: Page) => page.getByRole('log', { name: 'Messages' })
const replyOf = (page: Page) => page.getByRole('textbox', { name: 'Reply' })
const noteOf = (page: Page) => page.getByRole('textbox', { name: 'Note', exact: true })
const rowOf = (page: Page, name: string) => page.getByRole('option', { name })
const nextText = async () => (await hook.next(DEADLINE_MS)).json().message.message.text
const noFaults = async (page: Page) => expect(await findAccessibilityFaults(page)).toEqual([])

describe('notes', () => {
  test('by keyboard, with a mention; every colleague sees it, the client nothing', async () => {
    const [his, hers] = [await open(manager()), await open(admin())]
    await logOf(hers).getByText('Is it in stock?').waitFor()
    await logOf(his).getByText('Is it in stock?').waitFor()
    await logOf(his).focus()
    await his.keyboard.press('m')
    await noteOf(his).waitFor()
    await his.keyboard.type('Ask @an')
    await his.getByRole('option', { name: 'Ana Silva' }).waitFor()
    await noFaults(his)
    await his.keyboard.press('Enter')
    await his.keyboard.type('for the price')
    expect(await noteOf(his).inputValue()).toBe('Ask @Ana Silva for the price')
    await his.keyboard.press('Control+Enter')
    await logOf(his).getByText('Your note').waitFor()
    await logOf(hers).getByText('Note by Max Berg').waitFor()
    await logOf(hers).getByText('@Ana Silva').waitFor()
    // Still a note: Enter alone goes the same way.
    await his.keyboard.type('Second note')
    await his.keyboard.press('Enter')
    await logOf(hers).getByText('Second note').waitFor()
    await noFaults(hers)

    await his.keyboard.press('Escape')
    await replyOf(his).fill('Yes, it is')
    await replyOf(his).press('Enter')
    expect(await nextText()).toBe('Yes, it is')
    expect(hook.requests).toHaveLength(1)
    const { notes } = await (await admin().logIn()).listMessages(chatId)
    expect(notes.map(({ text, mentions }) => [text, mentions.map(({ userId }) => userId)])).toEqual([
      ['Second note', []],
      ['Ask @Ana Silva for the price', [admin().id]],
    ])
  })

  test('edited and deleted where it stands, also on the others’ screens', async () => {
    const client = await manager().logIn()
    await client.post(`/chats/${chatId}/notes`, { id: crypto.randomUUID(), text: 'Wrong number' })
    const [his, hers] = [await open(manager()), await open(admin())]
    await logOf(hers).getByText('Wrong number').waitFor()
    await logOf(his).getByText('Wrong number').hover()
    await his.getByRole('button', { name: 'Edit the note' }).click()
    await his.getByRole('textbox', { name: 'Text of the note' }).fill('Right number')
    await his.getByRole('button', { name: 'Save' }).click()
    await logOf(hers).getByText('Right number').waitFor()
    await logOf(his).getByText('Right number').hover()
    await his.getByRole('button', { name: 'Delete the note' }).click()
    await his.getByRole('dialog').getByRole('button', { name: 'Delete the note' }).click()
    await logOf(hers).getByText('Max Berg deleted this note').waitFor()
    expect(await logOf(hers).getByText('Right number').count()).toBe(0)
    await logOf(hers).getByText('Max Berg deleted this note').hover()
    expect(await hers.getByRole('button', { name: 'Edit the note' }).count()).toBe(0)
  })

  test('without a network they wait, and are added when it is back', async () => {
    const page = await open(manager())
    await logOf(page).getByText('Is it in stock?').waitFor()
    await page.getByRole('tab', { name: 'Note' }).click()
    await page.route('**/notes', (route) => route.abort('internetdisconnected'))
    await noteOf(page).fill('From the road')
    await page.getByRole('button', { name: 'Add note' }).click()
    await logOf(page).getByText('Waiting for the connection').waitFor()
    await page.reload()
    await logOf(page).getByText('From the road').waitFor()
    await page.unroute('**/notes')
    await page.context().setOffline(true)
    await page.context().setOffline(false)
    await logOf(page).getByText('Waiting for the connection').waitFor({ state: 'detached' })
    const { notes } = await (await admin().logIn()).listMessages(chatId)
    expect(notes.map(({ text }) => text)).toEqual(['From the road'])
  })
})

describe('drafts', () => {
  test('are there in another browser, go when they are sent, and lose no word', async () => {
    const other = await channel.send(
      aNewMessage({ text: 'Thanks', sender: aSender({ name: 'Omar Haddad' }), conversation_id: 'o' }),
    )
    const [here, there] = [await open(manager()), await open(manager(), `/inbox?c=${other.conversation_id}`)]
    await replyOf(here).fill('We have two')
    await rowOf(there, 'Nora Lind').getByText('Draft:').waitFor()
    await rowOf(there, 'Nora Lind').click()
    await waitForValue(there, 'We have two')
    const choosing = here.waitForEvent('filechooser')
    await here.getByRole('button', { name: 'Attach files' }).click()
    await (await choosing).setFiles({ name: 'offer.txt', mimeType: 'text/plain', buffer: Buffer.from('12 euros') })
    await there.getByRole('list', { name: 'Attached files' }).getByText('offer.txt').waitFor()
    await replyOf(there).press('End')
    await replyOf(there).pressSequentially(' of them')
    await waitForValue(here, 'We have two of them')
    await replyOf(here).press('Enter')
    const sent = (await hook.next(DEADLINE_MS)).json().message.message
    expect(sent).toMatchObject({ type: 'file', text: 'We have two of them', file_name: 'offer.txt' })
    await waitForValue(there, '')
    await there.getByRole('list', { name: 'Attached files' }).waitFor({ state: 'detached' })
  })

  test('survive the network and the page', async () => {
    const page = await open(manager())
    await logOf(page).getByText('Is it in stock?').waitFor()
    await page.context().setOffline(true)
    await replyOf(page).fill('Typed in a tunnel')
    await page.context().setOffline(false)
    const fresh = await open(manager())
    await waitForValue(fresh, 'Typed in a tunnel')
    await fresh.reload()
    await waitForValue(fresh, 'Typed in a tunnel')
  })
})

const waitForValue = (page: Page, value: string) =>
  expect.poll(() => replyOf(page).inputValue(), { timeout: DEADLINE_MS }).toBe(value)

describe('two at one conversation', () => {
  test('see each other, and are told before both answer', async () => {
    const [his, hers] = [await open(manager()), await open(admin())]
    await his.getByRole('list', { name: 'Also here' }).getByText('Ana Silva').waitFor()
    await hers.getByRole('list', { name: 'Also here' }).getByText('Max Berg').waitFor()
    await replyOf(hers).pressSequentially('Three')
    await his.getByText('Ana Silva is typing a reply').waitFor()
    await replyOf(his).fill('I do not know')
    await replyOf(hers).fill('Three are left')
    await replyOf(hers).press('Enter')
    expect(await nextText()).toBe('Three are left')
    await his.getByText('Ana Silva has answered meanwhile: “Three are left”').waitFor()
    await noFaults(his)
    await replyOf(his).press('Enter')
    await his.getByText('Press Enter once more to send it all the same.').waitFor()
    expect(hook.requests).toHaveLength(1)
    await replyOf(his).press('Enter')
    expect(await nextText()).toBe('I do not know')
    await hers.goto('about:blank')
    await his.getByRole('list', { name: 'Also here' }).waitFor({ state: 'detached' })
  })
})

const DAY_MS = 24 * 3_600_000

/** A message an hour for two weeks before today. */
async function seedPast(count: number): Promise<void> {
  await sql`
    insert into message (account_id, id, chat_id, msgid, direction, author_kind, author_id, kind, body, sent_at, received_at, status)
    select c.account_id, gen_random_uuid(), c.id, 'past-' || n, 'in', 'client', c.participant_id, 'text', 'Past ' || n, at, at, 'received'
    from chat c, generate_series(1, ${count}::int) n,
      lateral (select ${new Date(Date.now() - DAY_MS)}::timestamptz - (${count}::int - n) * interval '1 hour' as at) t
    where c.account_id = ${channel.account.id} and c.id = ${chatId}::uuid`.execute(world.deps.db)
}

describe('a long conversation', () => {
  test('is opened at a date, read on from there, and left for the latest', async () => {
    await seedPast(400)
    const page = await open(manager())
    await logOf(page).getByText('Past 400', { exact: true }).waitFor()
    await logOf(page).focus()
    await page.keyboard.press('Shift+D')
    await page.getByRole('button', { name: 'The very beginning' }).waitFor()
    await noFaults(page)
    await page.getByRole('button', { name: 'The very beginning' }).click()
    await logOf(page).getByText('Past 1', { exact: true }).waitFor()
    await expect.poll(() => hasKeyboard(logOf(page))).toBe(true)
    // Later pages come as they are read.
    await expect.poll(() => readOn(page), { timeout: DEADLINE_MS }).toBeGreaterThan(80)
    await say('Still there?')
    await page.getByRole('button', { name: 'Jump to the latest message, 1 new' }).click()
    await logOf(page).getByText('Still there?').waitFor()

    await page.getByRole('button', { name: 'Go to a date' }).click()
    const day = new Date(Date.now() - 8 * DAY_MS).toISOString().slice(0, 10)
    await page.getByLabel('Day').fill(day)
    await page.getByRole('button', { name: 'Go', exact: true }).click()
    const first = 400 - Math.floor((Date.now() - DAY_MS - new Date(`${day}T00:00`).getTime()) / 3_600_000)
    await logOf(page).getByText(`Past ${first}`, { exact: true }).waitFor()
    await page.getByRole('button', { name: 'To the latest' }).click()
    await logOf(page).getByText('Still there?').waitFor()
  })

  test('opens at a message that the address names, marked, and where one was when one comes back', async () => {
    await seedPast(400)
    const other = await channel.send(
      aNewMessage({ text: 'Thanks', sender: aSender({ name: 'Omar Haddad' }), conversation_id: 'o' }),
    )
    const client = await manager().logIn()
    await client.readChat(chatId)
    const { items } = await client.listMessages(chatId, `?limit=1&around=${Date.now() - 9 * DAY_MS}`)
    const hit = items[0]!
    const page = await open(manager(), `/inbox?c=${chatId}&m=${hit.id}`)
    const found = logOf(page).getByText(hit.text, { exact: true })
    await found.waitFor()
    expect(await logOf(page).locator('[aria-current=true]').textContent()).toContain(hit.text)
    await logOf(page).focus()
    const above = logOf(page).getByText(`Past ${Number(hit.text.replace('Past ', '')) - 20}`, { exact: true })
    const readBack = async () => {
      const isThere = await above.isVisible()
      // While it is still finding its place, a key may do nothing.
      if (!isThere) await page.keyboard.press('PageUp')
      return isThere
    }
    expect(await readBack()).toBe(false)
    await expect.poll(readBack, { interval: 500 }).toBe(true)
    await rowOf(page, 'Omar Haddad').click()
    await logOf(page).getByText('Thanks').waitFor()
    await rowOf(page, 'Nora Lind').click()
    await above.waitFor()
    expect(other.conversation_id).not.toBe(chatId)
  })
})

/** A page further down; answers the last of the past that is drawn there. */
async function readOn(page: Page): Promise<number> {
  await page.keyboard.press('PageDown')
  const drawn = (await logOf(page).textContent()) ?? ''
  return Math.max(0, ...[...drawn.matchAll(/Past (\d+?)\d\d:\d\d/g)].map(([, number]) => Number(number)))
}

describe('templates', () => {
  test('found by a slash, filled in, with their buttons and files at the hook', async () => {
    const client = await admin().logIn()
    const file = await client.uploadFile(Buffer.from('12 euros'), { name: 'prices.txt' })
    await client.post('/templates', { name: 'Greeting', text: 'Hello', isShared: true })
    const offer = await client.post<{ id: number }>('/templates', {
      name: 'Offer',
      text: 'Dear {{contact.first_name|client}}, {{user.first_name}} asks: shall we ship for {{lead.price}}?',
      buttons: [[{ text: 'Ship' }, { text: 'Wait' }]],
      files: [{ id: file.id, name: 'prices.txt' }],
      isShared: true,
    })
    const page = await open(manager())
    await replyOf(page).fill('/ofr')
    await page.getByRole('option', { name: 'Offer' }).waitFor()
    await page.getByText('Nora').first().waitFor()
    expect(await page.getByRole('option', { name: 'Greeting' }).count()).toBe(0)
    await noFaults(page)
    await replyOf(page).press('Enter')
    // What is missing is selected: typing replaces it.
    await page.keyboard.type('12 euros')
    expect(await replyOf(page).inputValue()).toBe('Dear Nora, Max asks: shall we ship for 12 euros?')
    await page.getByRole('list', { name: 'Attached files' }).getByText('prices.txt').waitFor()
    await page.getByRole('list', { name: 'Buttons that go out with it' }).getByText('Ship').waitFor()
    await noFaults(page)
    await replyOf(page).press('Enter')
    const { message } = (await hook.next(DEADLINE_MS)).json().message
    expect(message).toMatchObject({
      type: 'file',
      text: 'Dear Nora, Max asks: shall we ship for 12 euros?',
      file_name: 'prices.txt',
      markup: { mode: 'inline', buttons: [[{ text: 'Ship' }, { text: 'Wait' }]] },
    })
    // The text is no longer what the template makes.
    expect(message.template).toBeUndefined()

    await replyOf(page).fill('/greet')
    await page.getByRole('option', { name: 'Greeting' }).waitFor()
    await replyOf(page).press('Control+Enter')
    const greeting = (await hook.next(DEADLINE_MS)).json().message.message
    expect(greeting).toMatchObject({ text: 'Hello', markup: null, template: { content: 'Hello', params: [] } })
    expect(greeting.template.id).toBe(offer.id - 1)
    expect(await replyOf(page).inputValue()).toBe('')
  })

  test('are made in the settings, seen as they will be, and there for everybody at once', async () => {
    const [hers, his] = [await open(admin(), '/settings/templates'), await open(manager(), '/settings/templates')]
    await his.getByText('No templates yet').waitFor()
    await hers.getByRole('button', { name: 'New template' }).click()
    const sheet = hers.getByRole('dialog')
    await sheet.getByRole('textbox', { name: 'Name' }).fill('Offer')
    await sheet.getByRole('textbox', { name: 'Text', exact: true }).fill('Dear , shall we ship?')
    await sheet.getByRole('textbox', { name: 'Text', exact: true }).press('Home')
    for (const _ of 'Dear ') await hers.keyboard.press('ArrowRight')
    await sheet.getByRole('button', { name: 'Insert a variable' }).click()
    await hers.getByRole('menuitem', { name: 'Client’s first name' }).click()
    await sheet.getByRole('button', { name: 'Add a row of buttons' }).click()
    await hasKeyboard(sheet.getByRole('textbox', { name: 'Button 1 of row 1' }))
    await hers.keyboard.type('Ship')
    const preview = sheet.getByRole('region', { name: 'Preview' })
    await expect.poll(() => preview.textContent(), { timeout: DEADLINE_MS }).toContain('Dear Nora, shall we ship?')
    await preview.getByText('Ship', { exact: true }).waitFor()
    await noFaults(hers)
    await sheet.getByRole('button', { name: 'Save' }).click()
    await sheet.waitFor({ state: 'detached' })
    await his.getByRole('button', { name: /^Offer/ }).click()
    await his.getByText('Only admins change what everybody uses.').first().waitFor()
    expect(await his.getByRole('textbox', { name: 'Name' }).count()).toBe(0)
    await his.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()

    await hers.getByRole('button', { name: 'More for Offer' }).click()
    await hers.getByRole('menuitem', { name: 'Delete' }).click()
    await his.getByText('No templates yet').waitFor()
    await hers.getByRole('button', { name: 'Undo' }).click()
    await his.getByRole('button', { name: /^Offer/ }).waitFor()
  })

  test('are the way on when the reply window is closed', async () => {
    await (await admin().logIn()).post('/templates', { name: 'Greeting', text: 'Hello again', isShared: true })
    const slow = await world.aChannel({ account: channel.account, hook, settings: { time_window_seconds: 60 } })
    const sent = await slow.send(
      aNewMessage({ text: 'Long ago', sender: aSender({ name: 'Omar Haddad' }), at: new Date(Date.now() - 60_000) }),
    )
    await sql`update chat_state set last_client_at = now() - interval '1 hour'
      where account_id = ${channel.account.id} and chat_id = ${sent.conversation_id}::uuid`.execute(world.deps.db)
    const page = await open(manager(), `/inbox?c=${sent.conversation_id}`)
    await page.getByRole('button', { name: 'Write anyway' }).waitFor()
    expect(await replyOf(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Send a template' }).click()
    await page.getByRole('option', { name: 'Greeting' }).click()
    await waitForValue(page, 'Hello again')
    await replyOf(page).press('Enter')
    expect(await nextText()).toBe('Hello again')
  })
})
