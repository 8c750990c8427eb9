import type { ChatId } from '@parley/protocol/model'
import {
  aNewMessage,
  aSender,
  findAccessibilityFaults,
  HookReceiver,
  launchBrowser,
  openAs,
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
let context: BrowserContext

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

// One per test: endpoints are watched for the whole installation, and each test moves its clock.
beforeEach(async () => {
  ;[world, hook] = await Promise.all([startTestWorld(), HookReceiver.start()])
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(DEADLINE_MS)
})
afterEach(async () => {
  await context?.close()
  await hook?.stop()
  await world?.stop()
})

async function openScreen(user: TestUser): Promise<Page> {
  const page = await openAs(context, world.url, user)
  await page.getByRole('region', { name: 'Conversations' }).waitFor()
  return page
}

const healthOf = (page: Page) => page.getByRole('status', { name: 'Channels that do not take messages' })
const rowOf = (page: Page) => page.getByRole('option', { name: 'Nora Lind' })
const logOf = (page: Page) => page.getByRole('log', { name: 'Messages' })
const focusedName = (page: Page) => page.evaluate('document.activeElement?.getAttribute("aria-label")')

/** Nora has written; what the manager answers. */
async function aChat(channel: TestChannel) {
  const { conversation_id } = await channel.send(aNewMessage({ text: 'Hello?', conversation_id: `nora-${channel.id}` }))
  const manager = await channel.account.asManager()
  return (text: string) => manager.sendText(conversation_id as ChatId, text)
}

/** As an operator does. */
async function switchOff(channel: TestChannel): Promise<void> {
  const answer = await fetch(`${world.url}/api/admin/v1/channels/${channel.id}/switch-off`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.adminToken}` },
  })
  expect(answer.status).toBe(200)
}

/** As the account's own admin does. */
const pause = async (channel: TestChannel) =>
  (await channel.account.asAdmin()).post(`/channels/${channel.id}/switch-off`)

const textOf = async (next: ReturnType<HookReceiver['next']>) => (await next).json().message.message.text

describe('a channel that does not take messages', () => {
  test('is named above the list while it lasts, with what waits', async () => {
    const channel = await world.aChannel({ hook })
    const say = await aChat(channel)
    hook.answerAlways(500)
    const page = await openScreen(channel.account.manager)
    await rowOf(page).waitFor()
    await say('First answer')
    const line = healthOf(page).getByText(
      /^Harbor Chat has not taken messages since .+\. 1 answer waits and will be sent/,
    )
    await world.clock.advanceUntil(line.waitFor())
    // The message says for itself why.
    await rowOf(page).click()
    await logOf(page)
      .getByText(/^Not delivered yet: /)
      .waitFor()
    await say('Second answer')
    await healthOf(page).getByText('2 answers wait and will be sent when it does.').waitFor()
    expect(await healthOf(page).getByRole('button', { name: 'Switch on' }).count()).toBe(0)

    hook.answerAlways(200)
    await world.clock.advanceUntil(line.waitFor({ state: 'detached' }))
    await world.clock.advanceUntil(healthOf(page).getByText('answers wait').waitFor({ state: 'detached' }))
    expect(await healthOf(page).textContent()).toBe('')
  })

  test('is switched on by an admin, and everything that waited leaves in order', async () => {
    const channel = await world.aChannel({ hook })
    const say = await aChat(channel)
    const page = await openScreen(channel.account.admin)
    await rowOf(page).waitFor()
    expect(await healthOf(page).textContent()).toBe('')
    await pause(channel)
    await healthOf(page)
      .getByText(/^Harbor Chat has been switched off since .+\.$/)
      .waitFor()
    await say('First answer')
    await say('Second answer')
    await healthOf(page).getByText('2 answers wait.').waitFor()
    expect(hook.requests).toHaveLength(0)

    await healthOf(page).getByRole('button', { name: 'Switch on Harbor Chat' }).focus()
    await page.keyboard.press('Enter')
    expect(await textOf(hook.next())).toBe('First answer')
    expect(await textOf(hook.next())).toBe('Second answer')
    await healthOf(page).getByText('Harbor Chat').waitFor({ state: 'detached' })
    await expect.poll(() => focusedName(page)).toBe('Chats')
  })

  test('is put away until something changes; a manager is told whom to ask', async () => {
    const channel = await world.aChannel({ hook })
    await aChat(channel)
    await pause(channel)
    const page = await openScreen(channel.account.manager)
    const line = healthOf(page).getByText('Harbor Chat has been switched off')
    await line.waitFor()
    await healthOf(page).getByText('An admin can switch it on.').waitFor()
    expect(await healthOf(page).getByRole('button', { name: 'Switch on' }).count()).toBe(0)
    await healthOf(page).getByRole('button', { name: 'Hide until something changes' }).click()
    await line.waitFor({ state: 'detached' })
    expect(await focusedName(page)).toBe('Chats')
    const [answer] = await Promise.all([page.waitForResponse(/\/connections$/), page.reload()])
    await answer.finished()
    await rowOf(page).waitFor()
    expect(await line.count()).toBe(0)

    await (await channel.account.asAdmin()).post(`/channels/${channel.id}/switch-on`)
    await world.clock.advance(60_000)
    // By the operator, so it is not theirs to undo.
    await switchOff(channel)
    await line.waitFor()
    await healthOf(page).getByText('The operator of this server can switch it on.').waitFor()
  })

  test('several are one line, and each is in its list', async () => {
    const harbor = await world.aChannel({ hook })
    const quay = await world.aChannel({ hook, account: harbor.account, name: 'Quay Mail', isPublic: true })
    await aChat(harbor)
    const page = await openScreen(harbor.account.admin)
    await rowOf(page).waitFor()
    await pause(harbor)
    await switchOff(quay)
    await healthOf(page).getByRole('button', { name: '2 channels do not take messages' }).click()
    const list = page.getByRole('dialog', { name: 'Channels that do not take messages' })
    await list.getByText('Quay Mail has been switched off').waitFor()
    await list.getByText('The operator of this server can switch it on.').waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await findAccessibilityFaults(page)).toEqual([])
    }
    await list.getByRole('button', { name: 'Switch on Harbor Chat' }).click()
    await healthOf(page).getByText('Quay Mail has been switched off').waitFor()
    await list.waitFor({ state: 'detached' })
    await page.setViewportSize({ width: 390, height: 844 })
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await findAccessibilityFaults(page)).toEqual([])
    }
  })
})

describe('writing first', () => {
  /** A lead whose contact has a number, and a channel on which people can begin. */
  async function aContact() {
    const mail = await world.aChannel({ name: 'Quay Mail' })
    const sms = await world.aChannel({
      hook,
      account: mail.account,
      name: 'Harbor SMS',
      settings: { write_first: true },
    })
    const sender = aSender({ name: 'Nora Lind', profile: { phone: '+46 70 000 00 55' } })
    await mail.send(aNewMessage({ text: 'Call me', sender }))
    return { mail, sms }
  }

  const openerOf = (page: Page) =>
    page.getByRole('complementary', { name: 'Lead' }).getByRole('button', { name: 'Write first' })
  const formOf = (page: Page) => page.getByRole('dialog', { name: 'Write to Nora Lind' })

  test('begins a conversation from the lead, which the channel learns of by a hook without ids of its own', async () => {
    const { sms } = await aContact()
    const admin = await sms.account.asAdmin()
    for (const [externalId, name] of [
      ['46700000001', 'Front desk'],
      ['46700000002', 'Workshop'],
    ])
      await admin.post(`/channels/${sms.id}/sources`, { externalId, name })
    const page = await openScreen(sms.account.manager)
    await rowOf(page).click()
    await logOf(page).getByText('Call me').waitFor()
    const mailChat = page.url()

    await openerOf(page).click()
    const form = formOf(page)
    await form.getByText('via Harbor SMS').waitFor()
    await form.getByLabel('Source').selectOption('Workshop')
    await form.getByLabel('Message').fill('Your bike is ready.')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await findAccessibilityFaults(page)).toEqual([])
    }
    // What was typed outlives the layer.
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
    await openerOf(page).click()
    expect(await form.getByLabel('Message').inputValue()).toBe('Your bike is ready.')
    await form.getByLabel('Message').press('Enter')

    await logOf(page).getByText('Your bike is ready.').waitFor()
    await form.waitFor({ state: 'detached' })
    expect(page.url()).not.toBe(mailChat)
    await expect.poll(() => focusedName(page)).toBe('Reply')
    const received = await hook.next()
    expect(received.isSignedBy(sms.secret)).toBe(true)
    const { message } = received.json()
    expect(message.conversation).toEqual({ id: new URL(page.url()).searchParams.get('c') })
    expect(message.receiver).toMatchObject({ phone: '+46700000055' })
    expect(message.receiver).not.toHaveProperty('client_id')
    expect(message.source).toEqual({ external_id: '46700000002' })
    expect(message.message).toMatchObject({ type: 'text', text: 'Your bike is ready.' })
  })

  test('says in place what went wrong, and nothing is lost or sent twice', async () => {
    const { sms } = await aContact()
    const page = await openScreen(sms.account.manager)
    await rowOf(page).click()
    await openerOf(page).click()
    const form = formOf(page)
    await form.getByLabel('Message').fill('Your bike is ready.')
    // The server takes it, and its answer is lost on the way.
    await page.route('**/api/app/v1/chats', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await form.getByRole('button', { name: 'Send' }).click()
    await form.getByText('Not sent: Parley did not answer.').waitFor()
    await page.unroute('**/api/app/v1/chats')
    await form.getByRole('button', { name: 'Send' }).click()
    await logOf(page).getByText('Your bike is ready.').waitFor()
    expect(await textOf(hook.next())).toBe('Your bike is ready.')
    expect(await world.messagesOf(sms)).toHaveLength(1)

    await rowOf(page).filter({ hasText: 'Call me' }).click()
    await openerOf(page).click()
    expect(await form.getByLabel('Message').inputValue()).toBe('')
    await form.getByLabel('Message').fill('Anything else?')
    await sms.disconnect()
    await openerOf(page).waitFor({ state: 'detached' })
  })

  test('waits for the network; on a phone the conversation opens in place of the lead', async () => {
    const { sms } = await aContact()
    const page = await openScreen(sms.account.manager)
    await page.setViewportSize({ width: 390, height: 844 })
    await rowOf(page).click()
    await page.getByRole('button', { name: 'Lead details' }).click()
    await openerOf(page).waitFor()
    await context.setOffline(true)
    const offline = page.getByRole('button', { name: 'Write first. You are offline.' })
    await offline.waitFor()
    expect(await offline.getAttribute('aria-disabled')).toBe('true')
    await offline.click({ force: true })
    expect(await formOf(page).count()).toBe(0)
    await context.setOffline(false)

    await page.getByRole('button', { name: 'Write first', exact: true }).click()
    await formOf(page).waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    // Escape closes what lies on top, and only that.
    await page.keyboard.press('Escape')
    await formOf(page).waitFor({ state: 'detached' })
    await openerOf(page).click()
    await formOf(page).getByLabel('Message').fill('Your bike is ready.')
    await formOf(page).getByRole('button', { name: 'Send' }).click()
    await logOf(page).getByText('Your bike is ready.').waitFor()
    await page.getByRole('complementary', { name: 'Lead' }).waitFor({ state: 'detached' })
  })
})
