import type {
  ChatId,
  DraftKind,
  Message,
  MessageButton,
  MessageId,
  SaveDraftInput,
  Draft as ServerDraft,
  UsedTemplate,
  UserId,
} from '@parley/protocol/model'
import type { OutboxFile } from '../outbox/outbox-store.ts'

/** A file that was attached and not sent yet. */
export interface DraftFile extends OutboxFile {
  /** Set when it cannot be sent, whatever happens: why. */
  problem?: string
}

/** What was prepared and not sent yet. */
export interface Draft {
  text: string
  files: readonly DraftFile[]
  /** Pictures go as files. */
  isAsFiles: boolean
  /** What it answers. */
  target: Message | null
  buttons: MessageButton[][] | null
  /** The template its text was made of. */
  template: UsedTemplate | null
  /** The chat's last message when it was begun. */
  since: { id: MessageId; sentAt: number } | null
  /** Of a note: who was picked by name. Known to this browser only; elsewhere the names say enough. */
  mentions: readonly UserId[]
}

export const EMPTY_DRAFT: Draft = {
  text: '',
  files: [],
  isAsFiles: false,
  target: null,
  buttons: null,
  template: null,
  since: null,
  mentions: [],
}

/** Where a draft stands: the reply or the note of a chat, or before there is a chat, with a contact. */
export type DraftPlace = ChatId | `note.${ChatId}` | `first.${number}`

export const placeOf = (chatId: ChatId, kind: DraftKind): DraftPlace => (kind === 'note' ? `note.${chatId}` : chatId)

/** Undefined: it is not kept on the server. */
export function readPlace(place: DraftPlace): { chatId: ChatId; kind: DraftKind } | undefined {
  if (place.startsWith('first.')) return undefined
  if (place.startsWith('note.')) return { chatId: place.slice('note.'.length) as ChatId, kind: 'note' }
  return { chatId: place as ChatId, kind: 'reply' }
}

export const isEmptyDraft = ({ text, files, target, buttons }: Draft): boolean =>
  text.trim() === '' && files.length === 0 && target === null && buttons === null

/** A draft as the server keeps it: files as far as they are up. */
export type DraftContent = Omit<SaveDraftInput, 'version'>

export function contentOf(draft: Draft): DraftContent {
  if (isEmptyDraft(draft)) return EMPTY_CONTENT
  const { text, files, isAsFiles, target, buttons, template, since } = draft
  return {
    text,
    replyToId: target?.id ?? null,
    files: files.flatMap(({ uploaded, name, as, durationMs, peaks }) =>
      uploaded
        ? [
            {
              id: uploaded.id,
              name,
              ...(as !== undefined && { as }),
              ...(durationMs !== undefined && { durationMs }),
              ...(peaks !== undefined && { peaks }),
            },
          ]
        : [],
    ),
    isAsFiles,
    buttons,
    template,
    since,
  }
}

export const EMPTY_CONTENT: DraftContent = {
  text: '',
  replyToId: null,
  files: [],
  isAsFiles: false,
  buttons: null,
  template: null,
  since: null,
}

export const isSameContent = (a: DraftContent, b: DraftContent): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What another screen has saved, as this one holds it. */
export function fromServer({ text, files, isAsFiles, replyTo, buttons, template, since }: ServerDraft): Draft {
  return {
    text,
    files: files.map(({ file, ...facts }, index) => ({
      key: `${file.id}.${index}`,
      name: file.fileName,
      uploaded: file,
      ...facts,
      ...(file.width !== null && { width: file.width }),
      ...(file.height !== null && { height: file.height }),
    })),
    isAsFiles,
    target: replyTo,
    buttons,
    template,
    since,
    mentions: [],
  }
}

/**
 * Joins what was written here with what another screen has saved; both began from `base`. What only one of them changed is as that one
 * has it. Where both wrote, no word is lost: this screen's text goes first.
 */
export function mergeDrafts(base: DraftContent, mine: Draft, theirs: Draft): Draft {
  const own = contentOf(mine)
  const pick = <Key extends keyof Draft & keyof DraftContent>(key: Key): Draft[Key] =>
    JSON.stringify(own[key]) === JSON.stringify(base[key]) ? theirs[key] : mine[key]
  const isTargetMine = own.replyToId !== base.replyToId
  return {
    text: mergeTexts(base.text ?? '', mine.text, theirs.text),
    files: mergeFiles(base, mine.files, theirs.files),
    isAsFiles: pick('isAsFiles'),
    target: isTargetMine ? mine.target : theirs.target,
    buttons: pick('buttons'),
    template: pick('template'),
    since: earlier(mine.since, theirs.since),
    mentions: mine.mentions,
  }
}

export function mergeTexts(base: string, mine: string, theirs: string): string {
  if (mine === base || mine === theirs) return theirs
  if (theirs === base || mine.includes(theirs.trim())) return mine
  if (theirs.includes(mine.trim())) return theirs
  return `${mine.trimEnd()}\n${theirs}`
}

/** Theirs without what was taken out here, and what was attached here. */
function mergeFiles(base: DraftContent, mine: readonly DraftFile[], theirs: readonly DraftFile[]): DraftFile[] {
  const idOf = ({ uploaded }: DraftFile) => uploaded?.id as string | undefined
  const before = new Set((base.files ?? []).map(({ id }) => id))
  const ownIds = new Set(mine.map(idOf))
  const theirIds = new Set(theirs.map(idOf))
  const kept = theirs.filter((file) => ownIds.has(idOf(file)) || !before.has(idOf(file)!))
  const added = mine.filter((file) => {
    const id = idOf(file)
    return id === undefined || (!theirIds.has(id) && !before.has(id))
  })
  // A file of this screen has its bytes here.
  return [...kept.map((file) => mine.find((own) => idOf(own) === idOf(file)) ?? file), ...added]
}

function earlier(a: Draft['since'], b: Draft['since']): Draft['since'] {
  if (a === null || b === null) return a ?? b
  return a.sentAt <= b.sentAt ? a : b
}
