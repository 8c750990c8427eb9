import type { AccountId, FileId } from '@parley/protocol/model'
import type { ColumnType, Generated } from 'kysely'
import type { OrNull, TimeNow, TimeOrNull } from './columns.ts'

export interface FilesTables {
  file: {
    account_id: AccountId
    id: FileId
    sha256: Buffer
    size_bytes: number
    media_type: string
    width: OrNull<number>
    height: OrNull<number>
    thumbnail_id: OrNull<FileId>
    created_at: TimeNow
  }
  media_fetch: {
    account_id: AccountId
    id: string
    owner_kind: 'message' | 'participant'
    owner_id: string
    slot: MediaSlot
    url: string
    max_bytes: number
    attempts: Generated<number>
    due_at: TimeOrNull
    leased_until: TimeOrNull
    failure: OrNull<string>
    created_at: TimeNow
    host: ColumnType<string, never, never>
  }
}

/** What of a message or a participant a copied file is. */
export type MediaSlot = 'media' | 'thumbnail' | 'preview' | 'post_preview' | 'avatar'
