import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { keepPrivateFile } from './private-file.ts'

const TOKEN_BYTES = 24

/** The operator's, else one made on the first start and kept in the data directory, where `parley …` finds it. */
export function getAdminToken(config: Config): string {
  if (config.adminToken !== undefined) return config.adminToken
  return keepPrivateFile(
    join(config.dataDir, 'admin-token'),
    () => `${randomBytes(TOKEN_BYTES).toString('base64url')}\n`,
  ).trim()
}
