import type { Quote } from '@parley/protocol/model'
import { refillTemplate } from '@parley/protocol/text'
import type { Draft, DraftFile } from '../../../data/conversation/draft.ts'
import { kindOfType, typeOfFile } from '../../../data/file-kind.ts'
import type { Reply } from '../../../data/outbox/outbox-store.ts'
import { t } from '../../../i18n/t.ts'
import { fileSize } from '../../../parts/file-size.ts'

/** A slip of the hand can drop a whole folder. */
export const MOST_FILES = 30
const LONGEST_NAME = 255

/** Why the channel will not take a file, known before it is brought; undefined when it may. */
export function findProblem(
  file: Pick<File, 'size'>,
  channel: { title: string; maxFileBytes: number },
): string | undefined {
  if (file.size === 0) return t('tray.empty')
  if (file.size <= channel.maxFileBytes) return undefined
  return t('tray.tooLarge', { channel: channel.title, size: fileSize(channel.maxFileBytes) })
}

/** A name the server takes: never empty, not too long, and its ending kept. */
export function cleanName(name: string): string {
  const clean = name.replaceAll('\0', '').trim()
  if (clean === '') return t('tray.nameless')
  if (clean.length <= LONGEST_NAME) return clean
  const ending = /\.[^.]{1,16}$/.exec(clean)?.[0] ?? ''
  return clean.slice(0, LONGEST_NAME - ending.length).replace(/[\uD800-\uDBFF]$/, '') + ending
}

/** True when the choice between picture and file means something. */
export const canGoAsFiles = (files: readonly DraftFile[]): boolean =>
  files.some((file) => file.as === undefined && ['picture', 'video'].includes(kindOfType(typeOfFile(file))))

export interface ReplyParts {
  draft: Draft
  replyTo: Quote | undefined
  post: Reply['post']
  newId: () => string
}

/**
 * The messages a draft becomes, in order: one for every file, the text as the caption of the first. Several files are
 * one group. Only the first of them answers what is quoted, and bears the buttons; all of them stand under the post, where
 * there are words only.
 */
export function toReplies({ draft, replyTo, post, newId }: ReplyParts): Reply[] {
  const text = draft.text.trim()
  const { buttons, template } = draft
  const head = {
    text,
    ...(replyTo && { replyTo }),
    ...(!post && buttons && { buttons }),
    ...(!post && template && isStillTemplate(draft) && { template }),
  }
  const common = { ...(post && { post }), ...(draft.files.length > 1 && { mediaGroupId: newId() }) }
  if (draft.files.length === 0) return [{ ...head, ...common }]
  return draft.files.map((file, index) => ({
    ...(index === 0 ? head : { text: '' }),
    ...common,
    file: toOutboxFile(file, draft.isAsFiles),
  }))
}

function toOutboxFile({ problem: _, ...file }: DraftFile, isAsFiles: boolean): NonNullable<Reply['file']> {
  return isAsFiles && canGoAsFiles([file]) ? { ...file, as: 'file' } : file
}

/** A template is named to the channel only as long as the text is what it makes. */
export const isStillTemplate = ({ text, template }: Pick<Draft, 'text' | 'template'>): boolean =>
  template !== null && refillTemplate(template.content, template.params).trim() === text.trim()
