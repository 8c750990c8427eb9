import type { LeadId } from '@parley/protocol/model'
import { create } from 'zustand'

/** A key asks for a new task; the card that shows the lead opens the form. */
export const useTaskAsk = create<{ leadId: LeadId | null }>()(() => ({ leadId: null }))
