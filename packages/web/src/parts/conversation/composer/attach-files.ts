import type { Chat, ChatId } from '@parley/protocol/model'
import type { DraftFile } from '../../../data/conversation/draft.ts'
import { changeDraft, readDraft } from '../../../data/conversation/draft-store.ts'
import { kindOfType } from '../../../data/file-kind.ts'
import { newMessageId } from '../../../data/new-id.ts'
import { uploads } from '../../../data/use-uploads.ts'
import { cleanName, findProblem, MOST_FILES } from './tray.ts'

export interface Place {
  scope: string
  chatId: ChatId
  chat: Chat
}

/** What is known of a recording besides its bytes. */
export type FileFacts = Pick<DraftFile, 'as' | 'durationMs' | 'peaks'>

/** Puts files into the tray, as far as there is room, and begins to bring them. */
export function attachFiles(place: Place, files: readonly File[], facts: FileFacts = {}): void {
  const room = MOST_FILES - readDraft(place.scope, place.chatId).files.length
  const added = files.slice(0, Math.max(0, room)).map((file) => toDraftFile(file, place.chat, facts))
  changeDraft(place.scope, place.chatId, (draft) => ({ files: [...draft.files, ...added] }))
  for (const file of added) {
    if (file.problem !== undefined) continue
    void bring(place, file)
    void measure(place, file)
  }
}

/** Brings it to the server, so that the draft can be gone on with elsewhere. */
export async function bring({ scope, chatId }: Omit<Place, 'chat'>, { key, blob, name }: DraftFile): Promise<void> {
  if (!blob) return
  try {
    const uploaded = await uploads.start({ key, blob, name })
    const hasIt = (file: DraftFile) => file.key === key && !file.uploaded
    if (!readDraft(scope, chatId).files.some(hasIt)) return
    changeDraft(scope, chatId, ({ files }) => ({
      files: files.map((file) => (hasIt(file) ? { ...file, uploaded } : file)),
    }))
  } catch {
    // The tray shows how the upload fares.
  }
}

export function detachFile({ scope, chatId }: Omit<Place, 'chat'>, key: string): void {
  uploads.drop(key)
  changeDraft(scope, chatId, (draft) => ({ files: draft.files.filter((file) => file.key !== key) }))
}

function toDraftFile(file: File, { channel }: Chat, facts: FileFacts): DraftFile {
  const problem = findProblem(file, { title: channel.title, maxFileBytes: channel.can.maxFileBytes })
  const name = cleanName(file.name)
  return { ...facts, key: newMessageId(), blob: file, name, ...(problem !== undefined && { problem }) }
}

/** So that a picture has its place in the conversation before it is drawn. */
async function measure({ scope, chatId }: Place, { key, blob }: DraftFile): Promise<void> {
  if (!blob || kindOfType(blob.type) !== 'picture') return
  const url = URL.createObjectURL(blob)
  const image = new Image()
  image.src = url
  try {
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    changeDraft(scope, chatId, (draft) => ({
      files: draft.files.map((file) => (file.key === key ? { ...file, width, height } : file)),
    }))
  } catch {
    // Not a picture after all: it is shown without a preview.
  } finally {
    URL.revokeObjectURL(url)
  }
}
