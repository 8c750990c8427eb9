import { randomUUID } from 'node:crypto'
import { copyFile, type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { codeOf } from './start-error.ts'

/** Bytes `start` to `end`, both included. */
export interface ByteRange {
  start: number
  end: number
}

/** Keeps files by key (`31000001/ab12…`). Local disk, or anything that speaks S3. */
export interface FileStorage {
  /** Takes over a finished temporary file. The same key again is the same content, and harmless. */
  put(key: string, temporaryPath: string): Promise<void>
  /** Undefined when there is no such file. */
  read(key: string, range?: ByteRange): Promise<Readable | undefined>
  /** No error when there is none. */
  remove(key: string): Promise<void>
}

const KEY = /^[0-9a-z]+(\/[0-9a-z]+)+$/
const OWNER_ONLY = 0o700

/** Keys are made here, of numbers and digests: one that leads elsewhere is a bug. */
export function checkKey(key: string): string {
  if (!KEY.test(key)) throw new TypeError(`${JSON.stringify(key)} cannot be the key of a file.`)
  return key
}

/** Files below a folder of this machine. A key stands for a whole file, on the disk, or for none. */
export function createDiskStorage(folder: string): FileStorage {
  const pathOf = (key: string) => join(folder, checkKey(key))
  return {
    async put(key, temporaryPath) {
      const path = pathOf(key)
      const firstNew = await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY })
      await sync(temporaryPath)
      await move(temporaryPath, path)
      await syncUpTo(dirname(path), firstNew === undefined ? dirname(path) : dirname(firstNew))
    },
    async read(key, range) {
      const file = await openIfThere(pathOf(key))
      return file?.createReadStream({ ...range, autoClose: true })
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error
    // Another disk: copied beside its place, so that nobody sees half a file there.
    const draft = `${to}.${randomUUID()}`
    try {
      await copyFile(from, draft)
      await sync(draft)
      await rename(draft, to)
    } finally {
      await rm(draft, { force: true })
    }
    await rm(from)
  }
}

/** A new name is kept by the folder it stands in, and a new folder by the one above. */
async function syncUpTo(folder: string, top: string): Promise<void> {
  await sync(folder)
  if (folder !== top) await syncUpTo(dirname(folder), top)
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
