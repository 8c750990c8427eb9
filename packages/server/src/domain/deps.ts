import type { AccountId } from '@parley/protocol/model'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Db } from '../db/open-database.ts'
import type { Clock } from '../lib/clock.ts'
import type { FileStorage } from '../lib/file-storage.ts'
import type { Mailer } from '../lib/mailer.ts'
import type { ReadPicture } from '../lib/read-picture.ts'
import type { SecretBox } from '../lib/secret-box.ts'
import type { TemporaryFiles } from '../lib/temporary-files.ts'
import type { TokenSigner } from '../lib/token-signer.ts'
import type { Whisper } from './event-stream.ts'

/** What comes in from outside. A function names the few it uses: `Pick<Deps, 'db' | 'clock'>`. */
export interface Deps {
  db: Db
  /** For the hot paths' own SQL (see `openDatabase`). */
  hotPool: pg.Pool
  /** For searching (see `openDatabase`). */
  searchPool: pg.Pool
  clock: Clock
  /** UUID v7: later ids of one process sort after earlier ones. */
  newId: () => string
  /** 0 <= x < 1. */
  random: () => number
  log: Logger
  /** Tells this node's (and other nodes') readers that the account has new events. Call it after the commit, never before. */
  nudge: (accountId: AccountId) => void
  /** Tells the delivery job that something is due. After the commit, too. */
  nudgeDeliveries: () => void
  /** Tells the media job that something is to be copied. After the commit, too. */
  nudgeMedia: () => void
  secretBox: SecretBox
  /** Of integrations' access tokens. */
  tokenSigner: TokenSigner
  /** Where files are kept. */
  storage: FileStorage
  /** Where they are while they come in. */
  temporaryFiles: TemporaryFiles
  readPicture: ReadPicture
  /** Undefined: the operator has named no mail server, and nobody gets mail. */
  mailer: Mailer | undefined
  /** Tells who listens to the account now, and may see it, something that is not worth keeping. */
  whisper: (accountId: AccountId, whisper: Whisper) => void
  /** How strangers reach this server, without a slash at the end. */
  publicUrl: () => string
}
