import type { ChannelRequestPage } from '@parley/protocol/model'
import {
  type Alteration,
  aNewMessage,
  base64Digest,
  findAccessibilityFaults,
  hmac,
  launchBrowser,
  openAs,
  type RawRequest,
  signHeaders,
  startTestWorld,
  type TestChannel,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  context.setDefaultTimeout(DEADLINE_MS)
})
afterEach(() => context?.close())

async function openLab(channel: TestChannel, query = ''): Promise<Page> {
  const page = await openAs(context, world.url, channel.account.admin)
  await page.goto(`${world.url}/developer/${channel.id}/lab${query}`)
  await page.getByRole('heading', { name: 'Sign it right' }).waitFor()
  return page
}

const BODY = Buffer.from(JSON.stringify(aNewMessage({ text: "It's me" })))
const resultOf = (page: Page) => page.getByRole('region', { name: 'What came of it' })
const check = (page: Page) => page.getByRole('button', { name: 'Check the signature' }).click()

const signedBy = ({ secret, scopeId }: TestChannel, path = `/v2/origin/custom/${scopeId}`) =>
  signHeaders({ method: 'POST', path, body: BODY }, secret, world.clock.now())

/** The query is signed, as it must not be. */
const signQuery = (request: RawRequest, secret: string): RawRequest => {
  const { headers } = request
  const lines = ['POST', headers['content-md5'], headers['content-type'], headers.date, request.path]
  return { ...request, headers: { ...headers, 'x-signature': hmac(secret, lines.join('\n')) } }
}

/** As a shell has it: a quote inside is written in four characters. */
function aCurl(channel: TestChannel, alter: Alteration = (request) => request): string {
  const path = `/v2/origin/custom/${channel.scopeId}?from=test`
  const { headers } = alter(signedBy(channel, path), channel.secret)
  const given = Object.entries(headers).map(([name, value]) => `  -H '${name}: ${value}' \\\n`)
  const body = BODY.toString().replaceAll("'", "'\\''")
  return `curl -X POST '${world.url}${path}' \\\n${given.join('')}  --data-raw '${body}'`
}

describe('the signature lab', () => {
  test('names what is wrong with a pasted command, and says when it is mended', async () => {
    const channel = await world.aChannel({ isOwned: true })
    const page = await openLab(channel)
    const field = page.getByLabel('curl command, raw HTTP')
    await field.fill(aCurl(channel, signQuery))
    await check(page)
    const result = resultOf(page)
    await result.getByText('The query was signed, too').waitFor()
    await result.getByText('Sign the path up to the question mark.').waitFor()
    const line = result.getByRole('listitem').filter({ hasText: 'Path' })
    expect(await line.locator('mark').allTextContents()).toEqual(['?from=test'])
    expect(await line.getByText('Differs').count()).toBe(1)
    expect(await findAccessibilityFaults(page)).toEqual([])
    await field.fill(aCurl(channel))
    await field.press('Control+Enter')
    await result.getByText('The signature is right').waitFor()
    expect(await result.locator('mark').count()).toBe(0)
    expect(await page.content()).not.toContain(channel.secret)
    expect(await findAccessibilityFaults(page)).toEqual([])
  })

  test('takes a request in its parts, and says under the field what is none', async () => {
    const channel = await world.aChannel({ isOwned: true })
    const page = await openLab(channel)
    await page.getByLabel('curl command, raw HTTP').fill('good morning')
    await check(page)
    await page.getByText('This line is no header').waitFor()
    await page.getByRole('radio', { name: 'In parts' }).check()
    const { headers } = signedBy(channel)
    await page.getByLabel('Headers, one to a line').fill(
      Object.entries({ ...headers, 'x-signature': channel.secret })
        .map(([name, value]) => `${name}: ${value}`)
        .join('\n'),
    )
    await page.getByLabel('Body', { exact: true }).fill(BODY.toString())
    await check(page)
    await resultOf(page).getByText('The secret itself was sent as the signature').waitFor()
  })

  test('opens a request that was refused by its address', async () => {
    const channel = await world.aChannel({ isOwned: true })
    const admin = await channel.account.asAdmin()
    expect((await channel.post(aNewMessage(), { alter: base64Digest })).status).toBe(403)
    const { id } = await waitUntil('the request is written down', async () => {
      const { items } = await admin.get<ChannelRequestPage>(`/channels/${channel.id}/requests?only=errors`)
      return items[0]
    })
    const page = await openLab(channel, `?request=${id}`)
    await resultOf(page).getByText('The digest is in base64').waitFor()
    await page.getByRole('button', { name: 'Paste another one' }).click()
    await page.getByLabel('curl command, raw HTTP').waitFor()
    await page.goto(`${world.url}/developer/${channel.id}/lab?request=${crypto.randomUUID()}`)
    await page.getByText('The signature could not be checked').waitFor()
  })

  test('has an example to begin with, and code to copy in seven languages', async () => {
    const channel = await world.aChannel({ isOwned: true })
    const page = await openLab(channel)
    await page.getByRole('button', { name: 'Signed as in 2017' }).click()
    await check(page)
    await resultOf(page).getByText('Probably another secret').waitFor()
    for (const language of ['PHP', 'TypeScript', 'Go', 'C#', 'Java', 'Shell', 'Python']) {
      await page.getByRole('tab', { name: language, exact: true }).click()
      const code = page.getByRole('region', { name: `Code in ${language}` })
      expect(await code.textContent()).toContain(channel.scopeId)
    }
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByText('Copied').waitFor()
    const copied = await page.evaluate('navigator.clipboard.readText()')
    expect(copied).toContain(`SCOPE_ID = "${channel.scopeId}"`)
    expect(copied).toContain(new URL(world.url).origin)
    expect(copied).not.toContain(channel.secret)
  })

  test('says so without a network, and fits a phone', async () => {
    const channel = await world.aChannel({ isOwned: true })
    const page = await openLab(channel)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'A message with curl' }).click()
    await check(page)
    await resultOf(page).getByText('Probably another secret').waitFor()
    const widths = await page.evaluate(
      '(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector("[data-pane]"))',
    )
    expect(widths).toEqual([390, 390])
    expect(await findAccessibilityFaults(page)).toEqual([])
    await context.setOffline(true)
    await page.getByText('There is no network. Signatures are checked on the server.').waitFor()
    expect(await page.getByRole('button', { name: 'Check the signature' }).isDisabled()).toBe(true)
  })
})
