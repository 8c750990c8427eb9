import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ChatId } from '@parley/protocol/model'
import {
  aNewMessage,
  findAccessibilityFaults,
  launchBrowser,
  openAs,
  startTestWorld,
  type TestChannel,
  type TestUser,
  type TestWorld,
  wrongSecret,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

// The developer console: what goes in and out of a channel, seen by who registered it.

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
beforeEach(async () => {
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(DEADLINE_MS)
})
afterEach(() => context?.close())

const open = (user: TestUser, path: string) => openAs(context, world.url, user, path)
const openTab = ({ id, account }: TestChannel, tab: string) => open(account.admin, `/developer/${id}/${tab}`)
const log = (page: Page) => page.getByRole('list', { name: 'Requests' })
const lines = (page: Page) => log(page).getByRole('link')

test('an admin comes to his channels, and a manager is told whose they are', async () => {
  const channel = await world.aChannel({ isOwned: true, name: 'Bridge' })
  const page = await open(channel.account.admin, '/inbox')
  await page.getByRole('region', { name: 'Conversations' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.getByRole('link', { name: 'Bridge' }).click()
  await log(page).waitFor()
  await page.getByText(channel.id, { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Copy the channel id' }).click()
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(channel.id)
  await page.getByText(/^Last hour: 1 request · 0% errors · p95 /).waitFor()

  const other = await context.browser()!.newContext()
  const manager = await openAs(other, world.url, channel.account.manager, `/developer/${channel.id}/requests`)
  await manager.getByText('The developer console is for admins').waitFor()
  await other.close()
})

test('another account’s channel is not there', async () => {
  const channel = await world.aChannel({ isOwned: true })
  const page = await open((await world.anAccount()).admin, `/developer/${channel.id}/requests`)
  await page.getByText('There is no such channel here').waitFor()
})

describe('requests', () => {
  test('appear as they come, are frozen, and counted meanwhile', async () => {
    const channel = await world.aChannel({ isOwned: true })
    const page = await openTab(channel, 'requests')
    await expect.poll(() => lines(page).count()).toBe(1)
    await channel.send(aNewMessage())
    await expect.poll(() => lines(page).count()).toBe(2)
    await page.getByRole('button', { name: 'Pause' }).click()
    await channel.send(aNewMessage())
    await channel.send(aNewMessage())
    await page.getByText('2 wait', { exact: true }).waitFor()
    expect(await lines(page).count()).toBe(2)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect.poll(() => lines(page).count()).toBe(4)
    expect(await findAccessibilityFaults(page)).toEqual([])
  })

  test('a refused one says why, and leads to the lab', async () => {
    const channel = await world.aChannel({ isOwned: true })
    await channel.post(aNewMessage({ text: 'Ahoy' }), { alter: wrongSecret })
    const page = await openTab(channel, 'requests?only=errors')
    await expect.poll(() => lines(page).count()).toBe(1)
    await lines(page).first().click()
    const details = page.getByRole('region', { name: 'Request', exact: true }).first()
    await details.getByText('The signature does not match').waitFor()
    await details.getByText('Ahoy').waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    await details.getByRole('link', { name: 'Open in the lab' }).click()
    await expect.poll(() => page.url()).toMatch(/\/lab\?request=[0-9a-f-]{36}$/)
  })

  test('are found by what is asked, and that stands in the address', async () => {
    const channel = await world.aChannel({ isOwned: true })
    await channel.send(aNewMessage({ text: 'about a saddle' }))
    await channel.send(aNewMessage({ text: 'about a bell' }))
    const page = await openTab(channel, 'requests')
    await expect.poll(() => lines(page).count()).toBe(3)
    await page.getByRole('searchbox', { name: 'Search requests' }).fill('saddle')
    await expect.poll(() => lines(page).count()).toBe(1)
    expect(page.url()).toContain('q=saddle')
    await page.reload()
    await expect.poll(() => lines(page).count()).toBe(1)
    await page.getByRole('searchbox', { name: 'Search requests' }).fill('a tandem')
    await page.getByText('No request fits').waitFor()
  })

  test('are copied as a command that does the same again', async () => {
    const channel = await world.aChannel({ isOwned: true })
    const text = `it's "$HOME" $(id) — привет`
    await channel.send(aNewMessage({ msgid: 'once', text }))
    const page = await openTab(channel, 'requests')
    await lines(page).first().click()
    await page.getByRole('button', { name: 'Copy as cURL' }).click()
    await page.getByText('Copied').waitFor()
    const command = (await page.evaluate('navigator.clipboard.readText()')) as string
    // The same message again: answered as before, so every byte was signed rightly.
    // Not the synchronous one: the server is in this process.
    const { stdout } = await promisify(execFile)('sh', ['-c', `${command} --silent`])
    expect(JSON.parse(stdout)).toMatchObject({ new_message: { ref_id: 'once' } })
    await expect.poll(() => lines(page).count()).toBe(3)
  })
})

describe('deliveries', () => {
  const hooks = (page: Page) => page.getByRole('list', { name: 'Deliveries' }).getByRole('link')

  async function aChat() {
    const hook = await world.aHookReceiver()
    const channel = await world.aChannel({ isOwned: true, hook })
    const { conversation_id } = await channel.send(aNewMessage())
    const manager = await channel.account.asManager()
    return { hook, channel, say: (text: string) => manager.sendText(conversation_id as ChatId, text) }
  }

  test('a hook that was refused is shown with the reply, and sent again', async () => {
    const { hook, channel, say } = await aChat()
    const page = await openTab(channel, 'deliveries')
    await page.getByText('No hooks yet').waitFor()
    hook.answerAlways(400)
    await say('Ahoy')
    await hooks(page).first().click()
    const details = page.getByRole('region', { name: 'Hook' })
    await details.getByText('Given up').waitFor()
    await details.getByRole('list', { name: 'Tries' }).getByText('400', { exact: true }).waitFor()
    await details.getByText('"text": "Ahoy"').waitFor()
    hook.answerAlways(200)
    await details.getByRole('button', { name: 'Send again' }).click()
    await details.getByText('Delivered').waitFor()
    await page.getByText('2 tries, 1 failed', { exact: false }).first().waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
  })

  test('paused, hooks wait, and leave in order when it is over', async () => {
    const { hook, channel, say } = await aChat()
    const page = await openTab(channel, 'deliveries')
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByText(/^Paused since .+ 0 hooks wait\.$/).waitFor()
    await say('one')
    await say('two')
    expect(hook.requests).toHaveLength(0)
    await page.getByRole('button', { name: 'Resume' }).click()
    const texts = [await hook.next(), await hook.next()].map((came) => came.json().message.message.text)
    expect(texts).toEqual(['one', 'two'])
    await expect.poll(() => hooks(page).getByText('Delivered').count()).toBe(2)
    // And all of it once more.
    await page.getByRole('button', { name: 'Recover since…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Recover since…' })
    await dialog.getByLabel('Since').fill('2020-01-01T00:00')
    await dialog.getByRole('button', { name: 'Send again' }).click()
    await page.getByText('2 hooks go out again').waitFor()
    expect((await hook.next()).json().message.message.text).toBe('one')
  })
})
