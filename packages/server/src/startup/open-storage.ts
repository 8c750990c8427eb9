import { join } from 'node:path'
import type { Config } from '../config.ts'
import { createDiskStorage, type FileStorage } from '../lib/file-storage.ts'
import { StartError } from '../lib/start-error.ts'
import type { Closing } from './closing.ts'

/**
 * Below the data directory, or wherever PARLEY_S3_URL points.
 * @throws {StartError} the bucket cannot be used
 */
export async function openStorage(config: Config, closing: Closing): Promise<FileStorage> {
  if (config.s3Url === undefined) return createDiskStorage(join(config.dataDir, 'files'))
  const { createS3Storage, readS3Url } = await import('../lib/s3-storage.ts')
  const place = readS3Url(config.s3Url)
  if (!place) throw new StartError('PARLEY_S3_URL: use https://key:secret@host/bucket?region=…, with all its parts.')
  const storage = createS3Storage(place)
  closing.add('file storage', storage.close)
  const fault = await storage.findFault()
  if (fault === undefined) return storage
  throw new StartError(`The bucket ${place.endpoint} (PARLEY_S3_URL) cannot be used: ${fault}.`)
}
