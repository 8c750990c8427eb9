import type { ChatId } from '@parley/protocol/model'
import {
  aNewMessage,
  aSender,
  FAKE_DEVICES,
  findAccessibilityFaults,
  type HookReceiver,
  launchBrowser,
  openAs,
  startTestWorld,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const DEADLINE_MS = 30_000
/** A PNG of 64 × 36 pixels. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAkCAMAAAAO0sygAAAAA1BMVEU6e9W09Nv6AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAGUlEQVRIx+3BMQEAAADCoPVP7W8GoAAAeAMJJAABkNyo6gAAAABJRU5ErkJggg==',
  'base64',
)
const UPLOADS = '**/api/app/v1/files?*'

let world: TestWorld
let browser: Browser
let context: BrowserContext
let hook: HookReceiver
let channel: TestChannel

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser({ flags: FAKE_DEVICES })])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

beforeEach(async () => {
  hook = await world.aHookReceiver()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(DEADLINE_MS)
})
afterEach(() => context.close())

const ABLE = { supports_reply: true, supports_voice: true, reactions: 'all' }

/** A conversation with one message, open on the screen. */
async function openConversation(settings: Record<string, unknown> = {}) {
  channel = await world.aChannel({ hook, name: 'Harbor Chat', settings: { ...ABLE, ...settings } })
  const { manager } = channel.account
  const page = await openAs(context, world.url, manager)
  await page.getByRole('region', { name: 'Conversations' }).waitFor()
  const sender = aSender({ id: 'nora', name: 'Nora Lind' })
  const ids = await channel.send(aNewMessage({ text: 'Is it in stock?', sender }))
  await page.getByRole('option', { name: 'Nora Lind' }).click()
  await logOf(page).getByText('Is it in stock?').waitFor()
  return { page, ids }
}

const logOf = (page: Page) => page.getByRole('log', { name: 'Messages' })
const fieldOf = (page: Page) => page.getByRole('textbox', { name: 'Reply' })
const trayOf = (page: Page) => page.getByRole('list', { name: 'Attached files' })
const sendOf = (page: Page) => page.getByRole('button', { name: 'Send', exact: true })

async function attach(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files' }).click()
  await (await choosing).setFiles(files)
}

const aText = (name: string, content = 'Three bikes') => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
})
const aPicture = (name: string) => ({ name, mimeType: 'image/png', buffer: picture })

const nextMessage = async () => (await hook.next(DEADLINE_MS)).json().message

/** As the channel gets it: without cookies, or anything else of the person who sent it. */
async function download(url: string): Promise<{ type: string | null; bytes: Buffer }> {
  const answer = await fetch(url)
  expect(answer.status).toBe(200)
  return { type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) }
}

/** Holds every upload back until told otherwise. */
async function holdUploads(page: Page) {
  const held: Route[] = []
  await page.route(UPLOADS, (route) => void held.push(route))
  return async () => {
    await page.unroute(UPLOADS)
    await Promise.all(held.map((route) => route.continue().catch(() => undefined)))
  }
}

describe('files', () => {
  test('two attached, seen on their way, one cancelled: the other arrives as a link anybody can fetch', async () => {
    const { page } = await openConversation()
    const release = await holdUploads(page)
    await attach(page, aText('offer.txt'), aText('wrong.txt', 'Not this one'))
    const tray = trayOf(page)
    await tray.getByRole('progressbar', { name: 'Uploading offer.txt' }).waitFor()
    await tray.getByRole('progressbar', { name: 'Uploading wrong.txt' }).waitFor()
    await tray.getByRole('button', { name: 'Cancel wrong.txt' }).click()
    await tray.getByText('wrong.txt').waitFor({ state: 'detached' })
    await release()
    await tray.getByRole('button', { name: 'Remove offer.txt' }).waitFor()

    await fieldOf(page).fill('Our offer')
    await fieldOf(page).press('Enter')
    const { message } = await nextMessage()
    expect(message).toMatchObject({ type: 'file', text: 'Our offer', file_name: 'offer.txt', file_size: 11 })
    expect(message.media_group_id).toBeUndefined()
    expect((await download(message.media)).bytes.toString()).toBe('Three bikes')
    await tray.waitFor({ state: 'detached' })
    await logOf(page).getByText('Our offer').waitFor()
    expect(await fieldOf(page).inputValue()).toBe('')
  })

  test('an upload says how far it is', async () => {
    const { page } = await openConversation()
    const line = await context.newCDPSession(page)
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 300_000 }
    await line.send('Network.enable')
    await line.send('Network.emulateNetworkConditions', slow)
    await attach(page, { name: 'film.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(3_000_000, 7) })
    await trayOf(page)
      .getByText(/^[1-9]\d? % of 3 MB$/)
      .waitFor()
    await line.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
    await trayOf(page).getByRole('button', { name: 'Remove film.bin' }).waitFor()
  })

  test('several go as one group, in order, the text with the first', async () => {
    const { page } = await openConversation()
    await attach(page, aPicture('front.png'), aPicture('back.png'))
    await trayOf(page).getByRole('button', { name: 'Remove back.png' }).waitFor()
    await fieldOf(page).fill('Both sides')
    await sendOf(page).click()
    const { message: first } = await nextMessage()
    const { message: second } = await nextMessage()
    expect(first).toMatchObject({ type: 'picture', text: 'Both sides', file_name: 'front.png' })
    expect(second).toMatchObject({ type: 'picture', text: '', file_name: 'back.png' })
    expect(first.media_group_id).toMatch(/^[0-9a-f-]{36}$/)
    expect(second.media_group_id).toBe(first.media_group_id)
    expect(await download(first.media)).toMatchObject({ type: 'image/png', bytes: picture })
  })

  test('a picture can go as a file', async () => {
    const { page } = await openConversation()
    await attach(page, aPicture('plan.png'))
    await page.getByRole('checkbox', { name: 'Send as file' }).check()
    await sendOf(page).click()
    expect((await nextMessage()).message).toMatchObject({ type: 'file', file_name: 'plan.png' })
  })

  test('what the channel will not take is said at once, and holds the rest until it is out', async () => {
    const { page } = await openConversation({ max_file_size: 5_000 })
    await attach(page, aText('large.txt', 'x'.repeat(6_000)), aText('small.txt'))
    const channelTitle = (await page.getByRole('region', { name: 'Conversation with Nora Lind' }).textContent()) ?? ''
    expect(channelTitle).toContain('Harbor Chat')
    await trayOf(page).getByRole('alert').getByText('takes up to 5 kB').waitFor()
    await fieldOf(page).fill('Here you are')
    expect(await sendOf(page).isDisabled()).toBe(true)
    await trayOf(page).getByRole('button', { name: 'Remove large.txt' }).click()
    await fieldOf(page).press('Enter')
    expect((await nextMessage()).message).toMatchObject({ file_name: 'small.txt', text: 'Here you are' })
  })

  test('a picture from the clipboard; a text beside its picture stays a text', async () => {
    const { page } = await openConversation()
    await paste(page, { picture })
    await trayOf(page).getByRole('button', { name: 'Remove image.png' }).waitFor()
    await paste(page, { picture, text: 'A1\tB1', html: '<table></table>' })
    expect(await trayOf(page).getByRole('listitem').count()).toBe(1)
    await sendOf(page).click()
    expect((await nextMessage()).message).toMatchObject({ type: 'picture', file_name: 'image.png' })
  })

  test('dropped anywhere on the conversation', async () => {
    const { page } = await openConversation()
    const data = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['a,b'], 'list.csv', { type: 'text/csv' }))
      return transfer
    })()`)
    await logOf(page).dispatchEvent('dragenter', { dataTransfer: data })
    await page.getByText('Drop files to attach them').waitFor()
    await logOf(page).dispatchEvent('dragover', { dataTransfer: data })
    await logOf(page).dispatchEvent('drop', { dataTransfer: data })
    await page.getByText('Drop files to attach them').waitFor({ state: 'detached' })
    await trayOf(page).getByRole('button', { name: 'Remove list.csv' }).waitFor()
    await sendOf(page).click()
    expect((await nextMessage()).message).toMatchObject({ type: 'file', file_name: 'list.csv' })
  })

  test('what was queued without a network survives a reload, and goes out when it is back', async () => {
    const { page } = await openConversation()
    await context.route(UPLOADS, (route) => route.abort('internetdisconnected'))
    await attach(page, aPicture('photo.png'))
    await fieldOf(page).fill('From the road')
    await sendOf(page).click()
    await logOf(page).getByText('From the road').waitFor()
    await logOf(page).getByText('Waiting for the connection').waitFor()

    await page.reload()
    await logOf(page).getByText('From the road').waitFor()
    await logOf(page).getByRole('img', { name: 'photo.png' }).waitFor()
    expect(hook.requests).toEqual([])

    await context.unroute(UPLOADS)
    await context.setOffline(true)
    await context.setOffline(false)
    const { message } = await nextMessage()
    expect(message).toMatchObject({ type: 'picture', text: 'From the road', file_name: 'photo.png' })
    expect((await download(message.media)).bytes).toEqual(picture)
    await logOf(page).getByText('Waiting for the connection').waitFor({ state: 'detached' })
    expect(await logOf(page).getByText('From the road').count()).toBe(1)
  })

  test('cancelled in its bubble: nothing leaves, and the caption is back in the field', async () => {
    const { page } = await openConversation()
    const release = await holdUploads(page)
    await attach(page, aText('draft.txt'))
    await fieldOf(page).fill('Not yet')
    await sendOf(page).click()
    await logOf(page).getByRole('progressbar', { name: 'Uploading draft.txt' }).waitFor()
    await logOf(page).getByRole('button', { name: 'Cancel draft.txt' }).click()
    await logOf(page).getByRole('progressbar').waitFor({ state: 'detached' })
    expect(await fieldOf(page).inputValue()).toBe('Not yet')
    await release()
    await sendOf(page).click()
    expect((await nextMessage()).message).toMatchObject({ type: 'text', text: 'Not yet' })
  })
})

describe('voice', () => {
  test('recorded, sent, and the microphone is off again', async () => {
    const { page } = await openConversation()
    await page.evaluate(watchMicrophone)
    await page.getByRole('button', { name: 'Record a voice message' }).click()
    const recorder = page.getByRole('group', { name: 'Recording a voice message' })
    await recorder.getByText('0:01').waitFor()
    await recorder.getByRole('button', { name: 'Send' }).click()
    const { message } = await nextMessage()
    expect(message).toMatchObject({ type: 'voice', text: '' })
    expect(message.media_duration).toBeGreaterThanOrEqual(1)
    expect(message.file_name).toMatch(/^voice-.*\.webm$/)
    expect((await download(message.media)).bytes.length).toBeGreaterThan(500)
    const { items } = await (await channel.account.asManager()).listMessages(openChatId(page))
    const stored = items.find(({ kind }) => kind === 'voice')
    const peaks = stored?.media?.peaks ?? []
    expect(peaks.length).toBeGreaterThan(5)
    expect(peaks.length).toBeLessThanOrEqual(64)
    expect(Math.max(...peaks)).toBe(100)
    expect(await page.evaluate('window.tracks.map((track) => track.readyState)')).toEqual(['ended'])
  })

  test('Esc throws it away; what is left in the middle waits in the tray', async () => {
    const { page } = await openConversation()
    await page.evaluate(watchMicrophone)
    await page.getByRole('button', { name: 'Record a voice message' }).click()
    const recorder = page.getByRole('group', { name: 'Recording a voice message' })
    await recorder.getByText('0:01').waitFor()
    await page.keyboard.press('Escape')
    await fieldOf(page).waitFor()
    expect(await trayOf(page).count()).toBe(0)

    await channel.send(aNewMessage({ text: 'Me, too', sender: aSender({ id: 'omar', name: 'Omar Haddad' }) }))
    await page.getByRole('option', { name: 'Omar Haddad' }).waitFor()
    await page.getByRole('button', { name: 'Record a voice message' }).click()
    await recorder.getByText('0:02').waitFor()
    await page.getByRole('option', { name: 'Omar Haddad' }).click()
    await logOf(page).getByText('Me, too').waitFor()
    await page.getByRole('option', { name: 'Nora Lind' }).click()
    await trayOf(page).getByText('Voice message').waitFor()
    expect(await page.evaluate('window.tracks.map((track) => track.readyState)')).toEqual(['ended', 'ended'])
    expect(hook.requests).toEqual([])
  })

  test('a channel that takes none says so on the button', async () => {
    const { page } = await openConversation({ supports_voice: false })
    const button = page.getByRole('button', { name: 'does not take voice messages' })
    expect(await button.getAttribute('aria-disabled')).toBe('true')
    await button.click({ force: true })
    await fieldOf(page).waitFor()
  })

  test('a microphone that may not be used: what to do, and the way back', async () => {
    const { page } = await openConversation()
    await page.evaluate(
      `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))`,
    )
    await page.getByRole('button', { name: 'Record a voice message' }).click()
    await page.getByRole('alert').getByText('does not let Parley use the microphone').waitFor()
    await page.getByRole('button', { name: 'Write instead' }).click()
    await fieldOf(page).waitFor()
  })
})

describe('what is written', () => {
  test('an emoji is found by its name and stands where the caret was', async () => {
    const { page } = await openConversation()
    await fieldOf(page).fill('Well done!')
    await fieldOf(page).press('Home')
    for (let step = 0; step < 4; step += 1) await fieldOf(page).press('ArrowRight')
    await page.getByRole('button', { name: 'Emoji', exact: true }).click()
    await page.getByRole('searchbox', { name: 'Search emoji' }).fill('party popper')
    await page.getByRole('gridcell', { name: 'Party popper' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Emoji' }).waitFor({ state: 'detached' })
    await page.keyboard.type('!')
    expect(await fieldOf(page).inputValue()).toBe('Well🎉! done!')
  })

  test('↑ quotes what the client said last; the quote survives a reload and goes with the answer', async () => {
    const { page, ids } = await openConversation()
    await fieldOf(page).press('ArrowUp')
    const quote = page.getByRole('group', { name: 'In answer to Nora Lind' })
    await quote.getByText('Is it in stock?').waitFor()
    await fieldOf(page).press('Escape')
    await quote.waitFor({ state: 'detached' })
    await fieldOf(page).press('ArrowUp')
    await page.reload()
    await quote.getByText('Is it in stock?').waitFor()
    await fieldOf(page).fill('It is')
    await fieldOf(page).press('Enter')
    const { message } = await nextMessage()
    expect(message).toMatchObject({ text: 'It is', reply_to: { message: { id: ids.msgid, text: 'Is it in stock?' } } })
    await quote.waitFor({ state: 'detached' })
  })

  test('no quotes where the messenger has none', async () => {
    const { page } = await openConversation({ supports_reply: false })
    await fieldOf(page).press('ArrowUp')
    await fieldOf(page).fill('It is')
    await fieldOf(page).press('Enter')
    expect((await nextMessage()).message.reply_to).toBeUndefined()
  })

  test('the server hears that somebody writes, not at every key', async () => {
    const { page } = await openConversation()
    const told: string[] = []
    page.on('request', (request) => request.url().endsWith('/typing') && told.push(request.url()))
    const first = page.waitForRequest((request) => request.url().endsWith('/typing') && request.method() === 'POST')
    await fieldOf(page).pressSequentially('Good morning')
    await first
    expect(told).toHaveLength(1)
  })

  test('a closed reply window says so, and lets one write anyway', async () => {
    await context.clock.install()
    const { page } = await openConversation({ time_window_seconds: 3_600 })
    await page.getByText(/^(59|60) min left$/).waitFor()
    await context.clock.fastForward('01:01:00')
    await page.getByText(/^The reply window closed at .* Nora Lind has to write first/).waitFor()
    expect(await fieldOf(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Write anyway' }).click()
    await page.keyboard.type('Are you still there?')
    await page.keyboard.press('Enter')
    expect((await nextMessage()).message.text).toBe('Are you still there?')
  })

  test('an open reply window says how long', async () => {
    const { page } = await openConversation({ time_window_seconds: 24 * 3_600 + 60 })
    await page.getByText('24 h left').waitFor()
  })
})

test.each(['light', 'dark'] as const)('axe finds nothing serious in a full composer, %s', async (colorScheme) => {
  const { page } = await openConversation({ max_file_size: 5_000, time_window_seconds: 3_600 })
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await fieldOf(page).press('ArrowUp')
  await attach(page, aPicture('photo.png'), aText('large.txt', 'x'.repeat(6_000)))
  await trayOf(page).getByRole('button', { name: 'Remove photo.png' }).waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await findAccessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Emoji', exact: true }).click()
  await page.getByRole('gridcell', { name: 'Grinning face', exact: true }).waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Remove large.txt' }).click()
  await page.getByRole('button', { name: 'Remove photo.png' }).click()
  await page.getByRole('button', { name: 'Record a voice message' }).click()
  await page.getByRole('group', { name: 'Recording a voice message' }).getByText('0:01').waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
})

const openChatId = (page: Page) => new URL(page.url()).searchParams.get('c') as ChatId

/** What a paste out of another program looks like to the page. */
async function paste(page: Page, given: { picture: Buffer; text?: string; html?: string }) {
  await page.evaluate(`{
    const data = new DataTransfer()
    const given = ${JSON.stringify({ ...given, picture: given.picture.toString('base64') })}
    if (given.text !== undefined) data.setData('text/plain', given.text)
    if (given.html !== undefined) data.setData('text/html', given.html)
    const bytes = Uint8Array.from(atob(given.picture), (letter) => letter.charCodeAt(0))
    data.items.add(new File([bytes], 'image.png', { type: 'image/png' }))
    const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    document.querySelector('textarea').dispatchEvent(paste)
  }`)
}

/** Keeps every track the page asks for, to see whether it is let go. */
const watchMicrophone = `{
  window.tracks = []
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted)
    window.tracks.push(...stream.getTracks())
    return stream
  }
}`
