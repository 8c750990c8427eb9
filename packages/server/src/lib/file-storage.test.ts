import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { S3Server } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDiskStorage, type FileStorage } from './file-storage.ts'
import { createS3Storage, readS3Url, type S3Storage } from './s3-storage.ts'

let folder: string
let s3: S3Server
let bucket: S3Storage
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-storage-'))
  s3 = await S3Server.start()
  bucket = createS3Storage(readS3Url(s3.url)!)
})
afterAll(async () => {
  await bucket.close()
  await s3.stop()
  await rm(folder, { recursive: true, force: true })
})

const kinds: [string, () => FileStorage][] = [
  ['a disk', () => createDiskStorage(join(folder, 'files'))],
  ['S3', () => bucket],
]

async function aTemporaryFile(content: string | Buffer): Promise<string> {
  const path = join(folder, 'incoming')
  await writeFile(path, content)
  return path
}

const readAll = async (storage: FileStorage, key: string, range?: { start: number; end: number }) => {
  const stream = await storage.read(key, range)
  return stream && (await buffer(stream)).toString()
}

describe.each(kinds)('%s', (_, open) => {
  test('takes a file over, and gives it back whole and in part', async () => {
    const storage = open()
    await storage.put('31000001/ab/abc1', await aTemporaryFile('0123456789'))
    expect(await readdir(folder)).not.toContain('incoming')
    expect(await readAll(storage, '31000001/ab/abc1')).toBe('0123456789')
    expect(await readAll(storage, '31000001/ab/abc1', { start: 2, end: 4 })).toBe('234')
    expect(await readAll(storage, '31000001/ab/abc1', { start: 9, end: 9 })).toBe('9')
  })

  test('takes the same file again', async () => {
    const storage = open()
    await storage.put('31000001/cd/abc2', await aTemporaryFile('twice'))
    await storage.put('31000001/cd/abc2', await aTemporaryFile('twice'))
    expect(await readAll(storage, '31000001/cd/abc2')).toBe('twice')
  })

  test('takes a large one as it is', async () => {
    const storage = open()
    const large = Buffer.alloc(20 * 1024 * 1024, 'parley')
    await storage.put('31000001/ef/abc3', await aTemporaryFile(large))
    const stream = await storage.read('31000001/ef/abc3')
    expect((await buffer(stream!)).equals(large)).toBe(true)
  })

  test('has no file of an unknown key, nor of a removed one', async () => {
    const storage = open()
    await storage.put('31000001/ab/abc4', await aTemporaryFile('gone'))
    await storage.remove('31000001/ab/abc4')
    await storage.remove('31000001/ab/abc4')
    expect(await storage.read('31000001/ab/abc4')).toBeUndefined()
    expect(await storage.read('31000001/zz/zz')).toBeUndefined()
  })

  test.each(['../secret', '/etc/passwd', '31000001/../../x', 'a', '31000001/A', '31000001//x', '31000001/.x', ''])(
    'knows no key %j',
    async (key) => {
      await expect(open().read(key)).rejects.toThrow(TypeError)
      await expect(open().put(key, await aTemporaryFile('x'))).rejects.toThrow(TypeError)
    },
  )
})

describe('a bucket', () => {
  test('that is there has no fault', async () => {
    expect(await bucket.findFault()).toBeUndefined()
  })

  test.each([
    ['is not there', (url: string) => url.replace('/harbor', '/elsewhere'), 'there is no such bucket'],
    ['does not take the key', (url: string) => url.replace('S3RVER:', 'nobody:'), 'the key is not accepted'],
    ['is nowhere', () => 'http://a:b@127.0.0.1:65533/harbor', 'connection refused'],
  ])('that %s has one', async (_, change, fault) => {
    const wrong = createS3Storage(readS3Url(change(s3.url))!)
    expect(await wrong.findFault()).toContain(fault)
    await wrong.close()
  })

  test('is named with all its parts', () => {
    expect(readS3Url('https://k%2F:s%40@s3.example/harbor/?region=eu-north-1')).toEqual({
      endpoint: 'https://s3.example/harbor',
      accessKeyId: 'k/',
      secretAccessKey: 's@',
      region: 'eu-north-1',
    })
    for (const url of ['https://s3.example/harbor', 'https://k:s@s3.example', 'https://k:%zz@s3.example/harbor']) {
      expect(readS3Url(url), url).toBeUndefined()
    }
  })
})
