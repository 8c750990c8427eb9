import type { ChangeChannelRequest, NewChannelInput, OwnChannel } from '@parley/protocol/model'
import { listEmoji } from './list-emoji.ts'

type ChannelEvent = NonNullable<NewChannelInput['events']>[number]

/** A registration while it is written. */
export interface ChannelForm {
  name: string
  about: string
  icon: string | null
  webhookUrl: string
  webhookUrlV1: string
  events: readonly ChannelEvent[]
  isPublic: boolean
  /** Numbers of accounts, as typed. */
  accounts: string
  errorEmail: string
  writeFirst: boolean
  hasWindow: boolean
  windowHours: number | null
  reactions: 'all' | 'some' | 'none'
  /** As typed. */
  emoji: string
  supportsReply: boolean
  supportsVoice: boolean
  savesFiles: boolean
  maxFileMb: number | null
  isRetried: boolean
  legacySignature: OwnChannel['legacySignature']
}

export type FormChange = (change: Partial<ChannelForm>) => void

export const HOUR_SECONDS = 3600
const MB_BYTES = 1024 * 1024

export const EMPTY_FORM: ChannelForm = {
  name: '',
  about: '',
  icon: null,
  webhookUrl: '',
  webhookUrlV1: '',
  events: ['messages'],
  isPublic: false,
  accounts: '',
  errorEmail: '',
  writeFirst: false,
  hasWindow: false,
  windowHours: 24,
  reactions: 'all',
  emoji: '',
  supportsReply: true,
  supportsVoice: true,
  savesFiles: false,
  maxFileMb: 50,
  isRetried: true,
  legacySignature: 'core',
}

/** As it is to be: what waits for the operator stands in the form as it was asked for. */
export function formOf(stored: OwnChannel): ChannelForm {
  const channel = { ...stored, ...stored.waiting }
  const { reactions, timeWindowSeconds: window } = channel
  return {
    name: channel.name,
    about: channel.about ?? '',
    icon: channel.icon,
    webhookUrl: channel.webhookUrl ?? '',
    webhookUrlV1: channel.webhookUrlV1 ?? '',
    events: channel.events as ChannelEvent[],
    isPublic: channel.isPublic,
    accounts: channel.accountIds.join(', '),
    errorEmail: channel.errorEmail ?? '',
    writeFirst: channel.writeFirst,
    hasWindow: window !== null,
    windowHours: window === null ? EMPTY_FORM.windowHours : window / HOUR_SECONDS,
    reactions: reactions === 'all' ? 'all' : reactions.length === 0 ? 'none' : 'some',
    emoji: reactions === 'all' ? '' : reactions.join(' '),
    supportsReply: channel.supportsReply,
    supportsVoice: channel.supportsVoice,
    savesFiles: channel.savesFiles,
    maxFileMb: channel.maxFileBytes / MB_BYTES,
    isRetried: channel.hookRetry === 'on',
    legacySignature: channel.legacySignature,
  }
}

/** What was typed is sent as it is where the server says what is wrong with it. */
export function toRequest(form: ChannelForm): NewChannelInput {
  const { name, webhookUrl, isPublic, events, icon, writeFirst, supportsReply, supportsVoice, savesFiles } = form
  return {
    ...{ name, isPublic, events: [...events], icon, writeFirst, supportsReply, supportsVoice, savesFiles },
    webhookUrl: webhookUrl.trim(),
    webhookUrlV1: orNull(form.webhookUrlV1),
    about: orNull(form.about),
    errorEmail: orNull(form.errorEmail),
    accountIds: isPublic ? [] : wordsOf(form.accounts).map(Number),
    timeWindowSeconds: form.hasWindow ? Math.round((form.windowHours ?? 0) * HOUR_SECONDS) : null,
    reactions: form.reactions === 'all' ? 'all' : form.reactions === 'none' ? [] : listEmoji(form.emoji),
    maxFileBytes: Math.round((form.maxFileMb ?? 0) * MB_BYTES),
    hookRetry: form.isRetried ? 'on' : 'off',
    legacySignature: form.legacySignature,
  }
}

/** What is another value in the second one. */
export function changesBetween(before: NewChannelInput, after: NewChannelInput): ChangeChannelRequest {
  const names = Object.keys(after) as (keyof NewChannelInput)[]
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, after[name]]),
  )
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
const wordsOf = (text: string) => text.split(/[\s,;]+/).filter((word) => word !== '')
