import { z } from 'zod'
import { line } from './fields.ts'

const id = z.int().positive()

/** Where in its stage a card lands: under one, above one, or on top when nothing is said. */
export const cardPlace = z.object({
  below: id.optional(),
  above: id.optional(),
  /** Exactly there: what an undo says. */
  rank: z.int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER).optional(),
})

export const acceptLeadRequest = z.object({
  pipelineId: id.optional(),
  stageId: id.optional(),
  place: cardPlace.optional(),
})

/** What the caller saw there before: when it is something else by now, and not what is asked for, nothing is changed. */
const was = z.object({
  title: z.string().optional(),
  price: z.number().optional(),
  responsibleUserId: id.nullable().optional(),
  pipelineId: id.optional(),
  stageId: id.optional(),
  lossReasonId: id.nullable().optional(),
})

/** What is left out stays as it is. */
export const changeLeadRequest = z
  .object({
    title: line(255).optional(),
    /** In the account's currency, whole units. */
    price: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
    /** Null: nobody. */
    responsibleUserId: id.nullable().optional(),
    /** Without a stage: the pipeline's first open one. */
    pipelineId: id.optional(),
    stageId: id.optional(),
    place: cardPlace.optional(),
    /** Only of a lead that is lost, or goes there. Null: none. */
    lossReasonId: id.nullable().optional(),
    addTagIds: z.array(id).max(100).optional(),
    removeTagIds: z.array(id).max(100).optional(),
    was: was.optional(),
  })
  .refine(
    ({ was: _, ...given }) => Object.values(given).some((value) => value !== undefined),
    'says nothing that should change',
  )

/** A lead made by hand, with a contact that is there or a new one. */
export const newLeadRequest = z
  .object({
    title: line(255),
    pipelineId: id,
    /** Absent: the first open one. */
    stageId: id.optional(),
    price: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    /** Absent: who makes it. */
    responsibleUserId: id.nullable().optional(),
    contactId: id.optional(),
    contact: z.object({ name: line(255), phone: line(50).optional(), email: line(255).optional() }).optional(),
  })
  .refine(
    ({ contactId, contact }) => (contactId === undefined) !== (contact === undefined),
    'name the contact, by contactId or as a new one by contact',
  )

/** To an open lead, or to a contact: the chat then joins its open lead, and without one the incoming lead becomes the contact's. */
export const linkLeadRequest = z
  .object({ leadId: id.optional(), contactId: id.optional() })
  .refine(
    ({ leadId, contactId }) => (leadId === undefined) !== (contactId === undefined),
    'say leadId or contactId, one of them',
  )

export const MOST_AT_ONCE = 500
const ids = z.array(id).min(1).max(MOST_AT_ONCE)

export const decideLeadsRequest = z.object({
  decision: z.enum(['accept', 'decline']),
  leadIds: ids,
  pipelineId: id.optional(),
  stageId: id.optional(),
})

export const restoreLeadsRequest = z.object({ leadIds: ids })

export type CardPlace = z.infer<typeof cardPlace>
export type ChangeLeadRequest = z.infer<typeof changeLeadRequest>
export type AcceptLeadRequest = z.infer<typeof acceptLeadRequest>
export type NewLeadRequest = z.infer<typeof newLeadRequest>
export type NewLeadInput = z.input<typeof newLeadRequest>
export type LinkLeadRequest = z.infer<typeof linkLeadRequest>
export type DecideLeadsRequest = z.infer<typeof decideLeadsRequest>
