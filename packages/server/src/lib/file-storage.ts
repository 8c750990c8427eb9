import { createReadStream } from 'node:fs'
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

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
  remove(key: string): Promise<void>
}

/** Files below a folder of this machine. */
export function createDiskStorage(folder: string): FileStorage {
  const pathOf = (key: string) => join(folder, key)
  return {
    async put(key, temporaryPath) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await rename(temporaryPath, path).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EXDEV') throw error
        await copyFile(temporaryPath, path)
        await rm(temporaryPath)
      })
    },
    async read(key, range) {
      const path = pathOf(key)
      const found = await stat(path).catch(() => undefined)
      return found && createReadStream(path, range)
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  }
}
