import { homedir } from 'node:os'
import { join } from 'node:path'

type Environment = Record<string, string | undefined>

/** Where this user's programs keep what they can make again. Not the temporary folder: others may write there, and this is run. */
export function cacheFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  const base = platform === 'darwin' ? 'Library/Caches' : '.cache'
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), base), 'parley')
}
