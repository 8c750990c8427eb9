import type { TemplateId, UserId } from '../ids.ts'
import type { AttachedFile, MessageButton } from './messages.ts'
import type { Language } from './people.ts'

/** A canned answer with variables (`../text/template-text.ts`): everybody's, or one person's own. */
export interface Template {
  id: TemplateId
  /** Null: shared. */
  ownerId: UserId | null
  name: string
  text: string
  files: AttachedFile[]
  /** Rows of quick replies or links; empty when it has none. */
  buttons: MessageButton[][]
  /** In which its dates and sums are written; null: as the user speaks. */
  language: Language | null
  /** The id that a program gave it. */
  externalId: string | null
  useCount: number
  updatedAt: number
}

/** What a message tells a channel of the template it was made of. */
export interface UsedTemplate {
  id: number
  externalId?: string | undefined
  /** With its markers. */
  content: string
  /** Marker and what was put in its place. */
  params: { key: string; value: string }[]
}

/** A template with a chat's values put in. */
export interface FilledTemplate {
  text: string
  template: UsedTemplate
  /** Markers without a value; they still stand in the text. */
  missing: string[]
}
