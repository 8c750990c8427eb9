import type { LeadId, PipelineId, UserId } from '../ids.ts'
import type { Contact } from './contacts.ts'
import type { FieldValues } from './fields.ts'
import type { LossReason, Stage } from './pipelines.ts'
import type { Tag } from './tags.ts'
import type { NextTask } from './tasks.ts'

export interface Lead {
  id: LeadId
  title: string
  /** In the account's currency, whole units; 0 when not set. */
  price: number
  pipeline: { id: PipelineId; name: string }
  stage: Stage
  /** True while nobody has accepted or declined it. */
  isIncoming: boolean
  responsible: { id: UserId; name: string } | null
  contact: Contact | null
  /** Where it came from, e.g. the channel's title and the source within it. */
  source: { channelTitle: string; channelCode: string; externalId: string | null } | null
  /** By name. */
  tags: Tag[]
  fields: FieldValues
  /** What is to be done next, whoever is to do it. */
  nextTask: NextTask | null
  createdAt: number
  updatedAt: number
  /** When it entered the present stage. */
  stageSince: number
  /** Its place in its stage: the highest is on top, and of equal ones the highest id. */
  rank: number
  /** When it was lost for one. */
  lossReason: LossReason | null
}

/** What became of many leads that were decided about at once. */
export interface DecidedLeads {
  done: LeadId[]
  failed: { leadId: LeadId; code: string; reason: string }[]
}
