import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ChatId } from '@parley/protocol/model'
import {
  aNewMessage,
  aPng,
  FileServer,
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
let files: FileServer
let context: BrowserContext

beforeAll(async () => {
  const starting = [startTestWorld({ clock: 'system' }), launchBrowser(), FileServer.start()] as const
  ;[world, browser, files] = await Promise.all(starting)
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
  await files?.stop()
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

  async function choose(page: Page, shown: string, wanted: string): Promise<void> {
    await page.getByRole('combobox', { name: 'State' }).filter({ hasText: shown }).click()
    await page.getByRole('option', { name: wanted, exact: true }).click()
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
    // Nothing is tried, and still they are seen to wait.
    await page.getByText(/^Paused since .+ 2 hooks wait\.$/).waitFor()
    await choose(page, 'Any state', 'Waiting')
    await expect.poll(() => hooks(page).getByText('Waiting').count()).toBe(2)
    expect(hook.requests).toHaveLength(0)
    await page.getByRole('button', { name: 'Resume' }).click()
    const texts = [await hook.next(), await hook.next()].map((came) => came.json().message.message.text)
    expect(texts).toEqual(['one', 'two'])
    // What was delivered meanwhile waits no longer.
    await page.getByText('No hook fits').waitFor()
    await choose(page, 'Waiting', 'Delivered')
    await expect.poll(() => hooks(page).getByText('Delivered').count()).toBe(2)
    await page.getByRole('searchbox', { name: 'Chat id' }).fill('half')
    await page.getByText('Not a whole chat id: all are shown').waitFor()
    await page.getByRole('searchbox', { name: 'Chat id' }).fill('')
    // And all of it once more.
    await page.getByRole('button', { name: 'Recover since…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Recover since…' })
    await dialog.getByLabel('Since').fill('2020-01-01T00:00')
    await dialog.getByRole('button', { name: 'Send again' }).click()
    await page.getByText('2 hooks go out again').waitFor()
    expect((await hook.next()).json().message.message.text).toBe('one')
  })

  test('what the operator switched off says so, and offers nothing that would be refused', async () => {
    const channel = await world.aChannel({ isOwned: true })
    const headers = { authorization: `Bearer ${world.adminToken}` }
    const path = `${world.url}/api/admin/v1/channels/${channel.id}/switch-off`
    expect((await fetch(path, { method: 'POST', headers })).status).toBe(200)
    const page = await openTab(channel, 'deliveries')
    await page
      .getByText(/^Switched off by the operator since .+ The operator of this server can switch it on\.$/)
      .waitFor()
    expect(await page.getByRole('button', { name: /^(Resume|Pause|Switch on)$/ }).count()).toBe(0)
    expect(await findAccessibilityFaults(page)).toEqual([])
    await page.goto(`${world.url}/developer`)
    await page.getByRole('list', { name: 'Channels of this account' }).getByText('Switched off').waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
  })
})

describe('a test run', () => {
  const step = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title })
  const passes = (page: Page, title: string) => step(page, title).getByText('passed', { exact: true }).waitFor()

  test('is ticked off before one’s eyes, all nine steps, by what really comes and goes', async () => {
    const hook = await world.aHookReceiver()
    const channel = await world.aChannel({ isOwned: true, hook })
    const page = await openTab(channel, 'test-run')
    await page.getByRole('button', { name: 'Start the test run' }).click()
    await page.getByText('1 of 9 steps done').waitFor()
    await page.getByRole('button', { name: 'Send a hook that is signed wrongly' }).click()
    await page.getByText('Not done: The channel has taken no answer yet. Answer a client first').waitFor()

    const message = aNewMessage({ text: 'Ahoy' })
    const { conversation_id } = await channel.send(message)
    await passes(page, 'First message')
    await channel.send(message)
    await passes(page, 'Repeated message known')
    const manager = await channel.account.asManager()
    const { id: answerId } = await manager.sendText(conversation_id as ChatId, 'Ahoy yourself')
    await passes(page, 'Answer taken')
    await channel.post({ msgid: answerId, delivery_status: 1 }, { path: `/${answerId}/delivery_status` })
    await passes(page, 'Delivery status')

    const picture = (path: string) => aNewMessage({ message: { type: 'picture', media: files.url + path } })
    const png = aPng(8, 8, '#2244cc')
    await channel.send(picture('/missing.png'))
    await step(page, 'File received')
      .getByText(/answered 404$/)
      .waitFor()
    files.serve('/quay.png', { headers: { 'content-type': 'image/png' }, body: png })
    await channel.send(picture('/quay.png'))
    await passes(page, 'File received')
    const { id } = await manager.uploadFile(png, { name: 'quay.png', type: 'image/png' })
    await manager.sendMessage(conversation_id as ChatId, { file: { id, name: 'quay.png' } })
    await passes(page, 'File taken')

    // Who takes what is signed wrongly is told; who refuses it has passed.
    await page.getByRole('button', { name: 'Send a hook that is signed wrongly' }).click()
    await step(page, 'Signature checked').getByText('The channel answered 200').waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    hook.answerWith(403)
    await page.getByRole('button', { name: 'Send a hook that is signed wrongly' }).click()
    await passes(page, 'Signature checked')
    await page.getByRole('button', { name: 'Send the last hook once more' }).click()
    await passes(page, 'Repeated hook taken')
    await page.getByText('9 of 9 steps done').waitFor()
    const repeats = hook.requests.filter(({ requestId }) => requestId === hook.requests.at(-1)?.requestId)
    expect(repeats.map(({ body }) => String(body)).every((body, _, [first]) => body === first)).toBe(true)
    expect(repeats).toHaveLength(4)
  })

  test('that is begun or probed elsewhere is seen here, in the language of the screen', async () => {
    const hook = await world.aHookReceiver()
    const channel = await world.aChannel({ isOwned: true, hook })
    const admin = await channel.account.asAdmin()
    await admin.patch('/me', { language: 'ru' })
    const page = await openTab(channel, 'test-run')
    await page.getByRole('button', { name: 'Начать проверку' }).waitFor()
    await admin.post(`/channels/${channel.id}/test-run`, {})
    await page.getByText('Пройдено 1 из 9').waitFor()
    await page.getByRole('button', { name: 'Отправить хук с неверной подписью' }).click()
    await page.getByText('Не выполнено: Канал ещё не принял ни одного ответа. Сначала ответьте клиенту').waitFor()
    const { conversation_id } = await channel.send(aNewMessage())
    await admin.sendText(conversation_id as ChatId, 'Ahoy')
    await step(page, 'Ответ принят').getByText('пройдено', { exact: true }).waitFor()
    await admin.post(`/channels/${channel.id}/test-run/probes`, { kind: 'signature' })
    await page.getByText('Ответ канала: 200').waitFor()
  })
})
