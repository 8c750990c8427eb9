import type { ChatId, NotificationSettingsAnswer, NotificationSettingsChange } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import { type AppClient, aNewMessage, aSender, MailServer, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const HOUR_MS = 60 * 60_000
/** A Monday. */
const MORNING = new Date('2027-03-01T06:30:00Z')

let mails: MailServer
let world: TestWorld
beforeAll(async () => {
  mails = await MailServer.start()
})
afterAll(() => mails.stop())
beforeEach(async () => {
  world = await startTestWorld({
    clock: MORNING,
    env: { PARLEY_SMTP_URL: mails.url, PARLEY_PUBLIC_URL: 'https://chat.example.com' },
  })
})
afterEach(() => world.stop())

const change = (client: AppClient, settings: NotificationSettingsChange) =>
  client.patch<NotificationSettingsAnswer>('/notification-settings', settings)
const hourly = { digest: { mode: 'hourly', at: 0 }, timeZone: 'UTC' } as const
/** In jumps of minutes, each with a moment for what they make due: walking through hours second by second takes long. */
async function nextMail() {
  const mail = mails.next(10_000)
  let isThere = false
  void mail.finally(() => {
    isThere = true
  })
  while (!isThere) await passTime(5)
  return mail
}
async function passTime(minutes: number) {
  await world.clock.jump(minutes * 60_000)
  await new Promise((resolve) => setTimeout(resolve, 15))
}

async function aManager(settings: NotificationSettingsChange = hourly) {
  const channel = await world.aChannel()
  const manager = await channel.account.asManager()
  await change(manager, settings)
  const sender = aSender({ name: 'Nora <Lind> & Sons' })
  const write = (text: string) => channel.send(aNewMessage({ text, sender, conversation_id: `of-${sender.id}` }))
  return { channel, manager, write }
}

describe('the digest', () => {
  test('mails once what was not seen, as text and as HTML, with everything escaped', async () => {
    const { channel, write } = await aManager()
    const ids = await write('<script>alert(1)</script>')
    const mail = await nextMail()
    expect(world.now().getTime() - MORNING.getTime()).toBeGreaterThanOrEqual(HOUR_MS)
    expect(mail.to).toEqual([channel.account.manager.email])
    expect(mail.headers).toMatchObject({
      subject: '1 notification in Harbor Shop that you have not seen',
      'list-unsubscribe': expect.stringMatching(/^<https:\/\/chat\.example\.com\/api\/app\/v1\/unsubscribe\/[\w-]+>$/),
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'content-type': expect.stringContaining('multipart/alternative'),
    })
    const { text, html } = mail
    expect(text).toContain('New lead: Nora <Lind> & Sons')
    expect(text).toContain(`https://chat.example.com/inbox?c=${ids.conversation_id}`)
    expect(html).toContain('New lead: Nora &lt;Lind&gt; &amp; Sons')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).not.toContain('<script')

    await write('A second one joins what is unread.')
    for (let nth = 0; nth < 6; nth += 1) await passTime(30)
    expect(mails.mails).toHaveLength(1)
  })

  test('says nothing of what was seen, of other kinds, and of what was there before', async () => {
    const { channel, manager, write } = await aManager({ digest: { mode: 'off', at: 0 } })
    const count = mails.mails.length
    await write('There before')
    await change(manager, { ...hourly, kinds: { new_message: { email: false } } })
    const seen = await channel.send(aNewMessage({ text: 'Seen' }))
    await manager.readChat(seen.conversation_id as ChatId)
    await channel.send(aNewMessage({ text: 'Seen', conversation_id: 'again', sender: aSender({ id: 'again' }) }))
    await manager.post('/notifications/read', { all: true })
    await channel.send(aNewMessage({ text: 'Another', conversation_id: 'again', sender: aSender({ id: 'again' }) }))
    await channel.send(aNewMessage({ text: 'To be mailed' }))
    const mail = await nextMail()
    expect(mails.mails).toHaveLength(count + 1)
    expect(mail.text).toContain('To be mailed')
    for (const text of ['There before', 'Seen', 'Another']) expect(mail.text).not.toContain(text)
  })

  test('waits for the end of the quiet hours', async () => {
    const quiet = { isOn: true, from: 6 * 60, to: 11 * 60, days: [1, 2, 3, 4, 5] }
    const { write } = await aManager({ ...hourly, quiet })
    await write('Hello')
    await nextMail()
    expect(world.now().getTime()).toBeGreaterThanOrEqual(Date.parse('2027-03-01T11:00:00Z'))
    expect(world.now().getTime()).toBeLessThan(Date.parse('2027-03-01T12:30:00Z'))
  })

  test('of a day comes at its hour, on the clock of the person', async () => {
    const { write } = await aManager({ digest: { mode: 'daily', at: 9 * 60 }, timeZone: 'America/Sao_Paulo' })
    await write('Hello')
    await nextMail()
    // São Paulo is three hours behind.
    expect(world.now().getTime()).toBeGreaterThanOrEqual(Date.parse('2027-03-01T12:00:00Z'))
    expect(world.now().getTime()).toBeLessThan(Date.parse('2027-03-01T14:00:00Z'))
  })

  test('speaks the language of the person', async () => {
    const { channel, write } = await aManager()
    await sql`update account_user set language = 'ru' where id = ${channel.account.manager.id}`.execute(world.deps.db)
    await write('Hello')
    const mail = await nextMail()
    expect(mail.text).toContain('Новая заявка: Nora')
    expect(mail.html).toContain('<html lang="ru">')
  })
})

describe('the link that ends it', () => {
  const linkOf = async () => {
    const { manager, write } = await aManager()
    await write('Hello')
    const mail = await nextMail()
    const link = /<(.+)>/.exec(mail.headers['list-unsubscribe']!)![1]!
    return { manager, url: world.url + new URL(link).pathname }
  }
  const modeOf = async (client: AppClient) =>
    (await client.get<NotificationSettingsAnswer>('/notification-settings')).settings.digest.mode

  test('changes nothing when it is only looked at, and switches the digest off with one click', async () => {
    const { manager, url } = await linkOf()
    const page = await fetch(url)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).toContain('Stop the digest of notifications from Harbor Shop?')
    expect(await modeOf(manager)).toBe('hourly')
    const clicked = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
    expect([clicked.status, await clicked.text()]).toEqual([200, expect.stringContaining('is switched off')])
    expect(await modeOf(manager)).toBe('off')
  })

  test('made up, opens nothing', async () => {
    const { manager, url } = await linkOf()
    const altered = url.slice(0, -6) + (url.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA')
    for (const method of ['GET', 'POST']) expect((await fetch(altered, { method })).status).toBe(404)
    expect(await modeOf(manager)).toBe('hourly')
  })
})
