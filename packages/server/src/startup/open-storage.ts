import { join } from 'node:path'
import type { Config } from '../config.ts'
import { createDiskStorage, type FileStorage } from '../lib/file-storage.ts'

/** Below the data directory, or wherever PARLEY_S3_URL points. */
export function openStorage(config: Config): FileStorage {
  return createDiskStorage(join(config.dataDir, 'files'))
}
