import type { Contact, ContactId, Duplicate, DuplicateEvidence, LeadId } from '@parley/protocol/model'

/** Somebody an incoming lead could be, found by evidence or by searching. */
export interface Candidate {
  contact: Contact
  leads: Duplicate['leads']
  evidence: readonly { kind: DuplicateEvidence; value: string }[]
}

/** Whom somebody chose. */
export interface Picked {
  contactId: ContactId
  /** undefined: the contact itself. */
  leadId: LeadId | undefined
}
