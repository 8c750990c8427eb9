import type { FileId, UploadedFile } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import type { UploadOptions } from './upload-file.ts'
import { type UploadState, Uploads } from './uploads.ts'

/** Uploads that go on as the test says. */
function someUploads() {
  const running: { name: string; options: UploadOptions; finish: () => void; fail: (error: Error) => void }[] = []
  const states = new Map<string, UploadState | undefined>()
  const uploads = new Uploads({
    send: (_blob, options) =>
      new Promise((resolve, reject) => {
        const { name, signal } = options
        const finish = () => resolve({ id: `file-${name}` as FileId } as UploadedFile)
        running.push({ name, options, finish, fail: reject })
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
    onChange: (key, state) => void states.set(key, state),
  })
  return { uploads, running, states, namesRunning: () => running.map(({ name }) => name) }
}

const aJob = (name: string) => ({ key: name, name, blob: new Blob(['0123456789']) })
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('uploads', () => {
  test('it says how far it is, and gives what is done to whoever asks later', async () => {
    const { uploads, running, states } = someUploads()
    const result = uploads.start(aJob('a'))
    await settle()
    running[0]!.options.onProgress(4)
    expect(states.get('a')).toEqual({ phase: 'sending', sent: 4, total: 10 })
    running[0]!.finish()
    expect(await result).toEqual({ id: 'file-a' })
    expect(states.get('a')).toMatchObject({ phase: 'done' })
    expect(await uploads.start(aJob('a'))).toEqual({ id: 'file-a' })
    expect(running).toHaveLength(1)
  })

  test('the tray and the outbox share one upload', async () => {
    const { uploads, running } = someUploads()
    const both = [uploads.start(aJob('a')), uploads.start(aJob('a'))]
    await settle()
    running[0]!.finish()
    expect(await Promise.all(both)).toEqual([{ id: 'file-a' }, { id: 'file-a' }])
    expect(running).toHaveLength(1)
  })

  test('two at once; a finished, failed or dropped one makes room', async () => {
    const { uploads, running, namesRunning } = someUploads()
    for (const name of ['a', 'b', 'c', 'd', 'e']) void uploads.start(aJob(name))
    await settle()
    expect(namesRunning()).toEqual(['a', 'b'])
    running[0]!.finish()
    await settle()
    uploads.drop('b')
    await settle()
    running[2]!.fail(new Error('no'))
    await settle()
    expect(namesRunning()).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('dropped while it waits for its turn: it never begins', async () => {
    const { uploads, running, states, namesRunning } = someUploads()
    for (const name of ['a', 'b', 'c', 'd']) void uploads.start(aJob(name))
    await settle()
    uploads.drop('c')
    running[0]!.finish()
    running[1]!.finish()
    await settle()
    expect(namesRunning()).toEqual(['a', 'b', 'd'])
    expect(states.get('c')).toBeUndefined()
  })

  test('a failed one can be started again, a dropped one, too', async () => {
    const { uploads, running, states } = someUploads()
    const first = uploads.start(aJob('a'))
    await settle()
    running[0]!.fail(new Error('no'))
    await expect(first).rejects.toThrow('no')
    expect(states.get('a')).toMatchObject({ phase: 'failed' })

    const second = uploads.start(aJob('a'))
    await settle()
    uploads.drop('a')
    const third = uploads.start(aJob('a'))
    await expect(second).rejects.toMatchObject({ name: 'AbortError' })
    await settle()
    running[2]!.finish()
    expect(await third).toEqual({ id: 'file-a' })
    expect(states.get('a')).toMatchObject({ phase: 'done' })
  })
})
