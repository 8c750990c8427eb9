import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { aNewMessage, aSender, FileServer, startTestWorld, type TestWorld, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aLink, aPicture, fetchRows, getFile, PDF, triedTimes, Viewer } from './media-world.ts'

let world: TestWorld
let files: FileServer
beforeAll(async () => {
  world = await startTestWorld()
  files = await FileServer.start()
})
afterAll(async () => {
  await files.stop()
  await world.stop()
})

async function aViewer(settings: Record<string, unknown> = {}) {
  const channel = await world.aChannel({ settings })
  return { channel, viewer: await Viewer.of(channel) }
}

const storedFiles = async () =>
  (await readdir(join(world.dataDir, 'files'), { recursive: true, withFileTypes: true })).filter((each) =>
    each.isFile(),
  )

describe('what a message links to', () => {
  test('is copied, measured, made smaller and shown', async () => {
    const { channel, viewer } = await aViewer()
    const body = await aPicture(1280, 640)
    const headers = { 'content-disposition': "inline; filename*=UTF-8''caf%C3%A9.png", 'content-type': 'text/plain' }
    const ids = await viewer.receive(aLink(files.serve('/p/1', { body, headers })))
    const { media } = await viewer.settled(ids)
    expect(media).toMatchObject({
      state: 'ready',
      fileName: 'café.png',
      sizeBytes: body.length,
      mediaType: 'image/png',
      width: 1280,
      height: 640,
      failure: null,
      thumbnail: { width: 640, height: 320 },
    })
    expect(media.url).toMatch(new RegExp(`^/files/${channel.account.id}/[0-9a-f-]{36}/caf%C3%A9\\.png$`))
    const copy = await getFile(world, media.url!)
    expect(Buffer.from(await copy.arrayBuffer()).equals(body)).toBe(true)
    const small = await getFile(world, media.thumbnail!.url)
    expect(small.headers.get('content-type')).toBe('image/webp')
    expect(await fetchRows(world, channel.account.id)).toEqual([])
    expect(await readdir(join(world.dataDir, 'tmp'))).toHaveLength(1)
  })

  test('keeps the name that the channel gave, and its link is the channel’s no more', async () => {
    const { viewer } = await aViewer()
    const url = files.serve('/p/2.pdf', { body: PDF })
    const ids = await viewer.receive(aLink(url, { type: 'file', file_name: 'Invoice 7.pdf', file_size: 3 }))
    const { media } = await viewer.settled(ids)
    expect(media).toMatchObject({ fileName: 'Invoice 7.pdf', sizeBytes: PDF.length, mediaType: 'application/pdf' })
    expect(JSON.stringify(await viewer.now(ids))).not.toContain(files.host)
  })

  test('is one file for one account however often it comes, and two for two', async () => {
    const { channel, viewer } = await aViewer()
    const other = await aViewer()
    const url = files.serve('/p/same', { body: await aPicture(40, 30, '#010203') })
    const first = (await viewer.settled(await viewer.receive(aLink(url)))).media
    const again = (await viewer.settled(await viewer.receive(aLink(url)))).media
    const elsewhere = (await other.viewer.settled(await other.viewer.receive(aLink(url)))).media
    expect(again.url).toBe(first.url)
    expect(elsewhere.url?.split('/')[3]).not.toBe(first.url?.split('/')[3])
    const rows = await world.deps.db
      .selectFrom('file')
      .select('id')
      .where('account_id', '=', channel.account.id)
      .execute()
    expect(rows).toHaveLength(2) // and its thumbnail
    // The other account's file is not to be had through this one's link.
    const crossed = first.url!.replace(`/${channel.account.id}/`, `/${other.channel.account.id}/`)
    expect((await getFile(world, crossed)).status).toBe(404)
  })

  test('is not a picture because somebody says so', async () => {
    const { viewer } = await aViewer()
    const claims = { 'content-type': 'image/png' }
    const page = files.serve('/p/page.png', { body: '<!doctype html><script>alert(1)</script>', headers: claims })
    const { media } = await viewer.settled(await viewer.receive(aLink(page)))
    expect(media).toMatchObject({ state: 'failed', url: null, failure: `${files.host} sent a web page instead` })

    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    const drawing = files.serve('/p/drawing.png', { body: svg, headers: claims })
    const drawn = (await viewer.settled(await viewer.receive(aLink(drawing)))).media
    expect(drawn).toMatchObject({ state: 'ready', mediaType: 'image/svg+xml', width: null, thumbnail: null })
    const answer = await getFile(world, drawn.url!)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)

    const sent = files.serve('/p/page.html', { body: '<!doctype html>x' })
    const asFile = await viewer.settled(await viewer.receive(aLink(sent, { type: 'file' })))
    expect(asFile.media).toMatchObject({ state: 'ready', mediaType: 'text/html' })
  })

  test('may be a picture that nothing can be made of', async () => {
    const { viewer } = await aViewer()
    const broken = Buffer.concat([(await aPicture()).subarray(0, 30), Buffer.alloc(50, 7)])
    const { media } = await viewer.settled(await viewer.receive(aLink(files.serve('/p/broken.png', { body: broken }))))
    expect(media).toMatchObject({ state: 'ready', mediaType: 'image/png', width: null, thumbnail: null })
  })

  test('may come with a small picture of its own', async () => {
    const { viewer } = await aViewer()
    const url = files.serve('/v/film.bin', { body: Buffer.from([0, 1, 2, 3]) })
    const thumbnail = files.serve('/v/film.jpg', { body: await aPicture(300, 200) })
    const ids = await viewer.receive(aLink(url, { type: 'video', thumbnail }))
    const event = await viewer.stream.waitForEvent(({ message }) => {
      return message?.media?.state === 'ready' && message.media.thumbnail !== null
    })
    expect(event.message).toMatchObject({ id: ids.id, media: { thumbnail: { width: 300, height: 200 } } })
  })
})

describe('a person', () => {
  test('is shown by the picture that the channel names', async () => {
    const { viewer } = await aViewer()
    const avatar = files.serve('/a/nora.png', { body: await aPicture(100, 100, '#112233') })
    await viewer.receive(aNewMessage({ sender: aSender({ avatar }) }))
    const event = await viewer.stream.waitForEvent(
      ({ type, chat }) => type === 'chat.updated' && chat?.client.avatarUrl != null,
    )
    const answer = await getFile(world, event.chat!.client.avatarUrl!)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp'])
    const { contact } = await viewer.stream.waitForEvent(
      ({ type, contact }) => type === 'contact.updated' && contact?.avatarUrl != null,
    )
    expect(contact!.avatarUrl).toBe(event.chat!.client.avatarUrl)
  })
})

describe('a link that is dead', () => {
  test.each([403, 404, 410])('by %i is given up at once', async (status) => {
    const { channel, viewer } = await aViewer()
    const url = files.serve(`/dead/${status}`, { status })
    const { media } = await viewer.settled(await viewer.receive(aLink(url)))
    expect(media).toMatchObject({ state: 'failed', url: null, failure: `${files.host} answered ${status}` })
    expect(await fetchRows(world, channel.account.id)).toMatchObject([{ attempts: 1, due_at: null }])
  })

  test('is tried five times within an hour or so, and then by hand', async () => {
    const { channel, viewer } = await aViewer()
    const url = files.serve('/dead/busy', { status: 503 })
    const ids = await viewer.receive(aLink(url))
    for (const [index, waitMs] of [10_000, 60_000, 600_000, 3_600_000].entries()) {
      await world.clock.advanceUntil(triedTimes(world, channel.account.id, index + 1))
      expect((await viewer.now(ids)).media).toMatchObject({ state: 'waiting', failure: null })
      await world.clock.jump(waitMs)
    }
    const { media } = await world.clock.advanceUntil(viewer.settled(ids))
    expect(media).toMatchObject({ state: 'failed', failure: `${files.host} answered 503` })
    expect(files.requests.filter((request) => request.url === '/dead/busy')).toHaveLength(5)

    files.serve('/dead/busy', { body: await aPicture() })
    const answer = await viewer.retry(ids)
    expect([answer.status, await answer.json()]).toMatchObject([200, { message: { media: { state: 'waiting' } } }])
    await viewer.stream.waitForEvent(({ message }) => message?.id === ids.id && message.media?.state === 'ready')
    expect((await viewer.retry(ids)).status).toBe(409)
  })

  test('is tried at once when a person does not want to wait', async () => {
    const { channel, viewer } = await aViewer()
    const ids = await viewer.receive(aLink(files.serve('/dead/soon', { how: 'drop' })))
    await triedTimes(world, channel.account.id, 1)
    files.serve('/dead/soon', { body: await aPicture() })
    expect((await viewer.retry(ids)).status).toBe(200)
    expect((await viewer.settled(ids)).media.state).toBe('ready')
  })

  test('of a message that has none, of another chat or account is not tried again', async () => {
    const { viewer } = await aViewer()
    const ids = await viewer.receive(aNewMessage())
    expect((await viewer.retry(ids)).status).toBe(409)
    const other = await aViewer()
    expect((await other.viewer.retry(ids)).status).toBe(404)
    const elsewhere = await viewer.receive(aNewMessage())
    expect((await viewer.retry({ ...ids, chatId: elsewhere.chatId })).status).toBe(404)
  })

  test.each([
    ['says so', { 'content-length': '2048' }],
    ['lies about it', { 'transfer-encoding': 'chunked' }],
  ])('by size says how large it may be when it %s', async (how, headers) => {
    const { viewer } = await aViewer({ max_file_size: 1024 })
    const url = files.serve(`/large/${how.length}`, { body: Buffer.alloc(2048), headers })
    const { media } = await viewer.settled(await viewer.receive(aLink(url)))
    expect(media).toMatchObject({ state: 'failed', failure: 'it is larger than 1 KB' })
  })

  test('cannot be stored where the disk says no, and is tried again', async () => {
    const { channel, viewer } = await aViewer()
    const url = files.serve('/p/disk', { body: PDF })
    const { storage } = world.deps
    const put = storage.put
    storage.put = () => Promise.reject(new Error('no space'))
    const ids = await viewer.receive(aLink(url, { type: 'file' }))
    const row = await triedTimes(world, channel.account.id, 1)
    expect(row.failure).toBe('this server could not keep the copy (see its log)')
    storage.put = put
    await viewer.retry(ids)
    expect((await viewer.settled(ids)).media.state).toBe('ready')
  })
})

test('a host that hangs stops no other', async () => {
  const { viewer } = await aViewer()
  const slow = await FileServer.start()
  for (let index = 0; index < 40; index += 1) {
    await viewer.receive(aLink(slow.serve(`/hang/${index}`, { how: 'hang' })))
  }
  await waitUntil('the slow host has what it may have', () => slow.inHand === 4)
  const ids = await viewer.receive(aLink(files.serve('/p/quick', { body: await aPicture() })))
  expect((await viewer.settled(ids)).media.state).toBe('ready')
  expect(slow.inHand).toBe(4)
  await world.deps.db.deleteFrom('media_fetch').execute()
  await slow.stop()
})

test('what is edited to another link meanwhile shows the other one', async () => {
  const { channel, viewer } = await aViewer()
  const first = files.serve('/edit/1', { how: 'stall', body: await aPicture(10, 10) })
  const payload = aLink(first)
  const ids = await viewer.receive(payload)
  await files.asked('/edit/1')
  const second = files.serve('/edit/2', { body: await aPicture(20, 20) })
  const edited = { ...payload.payload, message: { type: 'picture', media: second, file_name: '', file_size: 0 } }
  const answer = await channel.post({ event_type: 'edit_message', payload: edited })
  expect(answer.status).toBe(200)
  const event = await viewer.stream.waitForEvent(
    ({ message }) => message?.id === ids.id && message.media?.state === 'ready',
  )
  expect(event.message?.media).toMatchObject({ width: 20 })
  expect(await fetchRows(world, channel.account.id)).toEqual([])
  // The old one ends when nothing more comes of it, and changes nothing.
  const isClear = async () => (await readdir(join(world.dataDir, 'tmp'), { recursive: true })).length === 1
  await world.clock.advanceUntil(waitUntil('the old one is let go', isClear))
  expect((await viewer.now(ids)).media).toMatchObject({ width: 20 })
})

test('a server that stops while it copies takes it up again', async () => {
  const own = await startTestWorld()
  try {
    const channel = await own.aChannel()
    const viewer = await Viewer.of(channel)
    const url = files.serve('/restart', { how: 'stall', body: await aPicture() })
    const ids = await viewer.receive(aLink(url))
    await files.asked('/restart')
    await own.restart()
    await files.asked('/restart', 2)
    // It was given back, as if it had never been begun.
    expect(await fetchRows(own, channel.account.id)).toMatchObject([{ attempts: 1 }])
    files.serve('/restart', { body: await aPicture() })
    await own.restart()
    const message = await waitUntil('the picture is there', async () => {
      const now = await viewer.now(ids)
      return now.media?.state === 'ready' && now
    })
    expect(message.media).toMatchObject({ width: 800 })
  } finally {
    await own.stop()
  }
})

describe('a server that died while it copied', () => {
  /** As a kill leaves it: claimed, and nobody there. */
  async function leave(attempts: number) {
    const { channel, viewer } = await aViewer()
    const path = `/killed/${attempts}`
    const ids = await viewer.receive(aLink(files.serve(path, { status: 503 })))
    await triedTimes(world, channel.account.id, 1)
    files.serve(path, { body: await aPicture() })
    const now = world.clock.now()
    const leasedUntil = new Date(now.getTime() + 60_000)
    const set = { due_at: now, leased_until: leasedUntil, attempts }
    await world.deps.db.updateTable('media_fetch').set(set).where('account_id', '=', channel.account.id).execute()
    return { viewer, ids, leasedUntil, asked: () => files.requests.filter(({ url }) => url === path).length }
  }

  test('has its link taken over when its lease is up', async () => {
    const { viewer, ids, leasedUntil, asked } = await leave(1)
    world.deps.nudgeMedia()
    expect((await world.clock.advanceUntil(viewer.settled(ids))).media.state).toBe('ready')
    expect(world.clock.now().getTime()).toBeGreaterThanOrEqual(leasedUntil.getTime())
    expect(asked()).toBe(2)
  })

  test('each time does not do so for ever', async () => {
    const { viewer, ids, asked } = await leave(5)
    const { media } = await world.clock.advanceUntil(viewer.settled(ids))
    expect(media).toMatchObject({ state: 'failed', failure: 'this server stopped each time while it copied it' })
    expect(asked()).toBe(1)
  })
})

test('a place that is not on the Internet is refused', async () => {
  const own = await startTestWorld({ env: { PARLEY_ALLOW_PRIVATE_NETWORK: 'off' } })
  try {
    const viewer = await Viewer.of(await own.aChannel())
    const { media } = await viewer.settled(await viewer.receive(aLink(files.serve('/private', { body: PDF }))))
    expect(media.failure).toBe(`${files.host} cannot be reached: its address is not on the public Internet`)
    expect(files.requests.some((request) => request.url === '/private')).toBe(false)
  } finally {
    await own.stop()
  }
})

test('nothing is left in the way', async () => {
  const left = await readdir(join(world.dataDir, 'tmp'), { recursive: true })
  expect(left).toHaveLength(1)
  expect((await storedFiles()).length).toBeGreaterThan(5)
})
