import type { Lead, RequiredField } from '@parley/protocol/model'
import { create } from 'zustand'
import type { Move } from '../../data/board/decide.ts'

/** Something that is asked before a lead can go on. */
export type LeadAsk =
  /** Why it was lost; null: nobody says. */
  | { kind: 'reason'; lead: Lead; move: Move; onAnswer: (move: Move) => void }
  /** What the stage asks for and the lead does not have. */
  | { kind: 'missing'; lead: Lead; move: Move; missing: readonly RequiredField[]; onAnswer: (move: Move) => void }
  /** Who an incoming lead is. */
  | { kind: 'link'; lead: Lead }
  /** Where it goes. */
  | { kind: 'move'; lead: Lead }

/** One question at a time, drawn by the shell whatever scene asked. */
export const useLeadAsk = create<{ ask: LeadAsk | null }>()(() => ({ ask: null }))

export const askAbout = (ask: LeadAsk): void => useLeadAsk.setState({ ask })
export const endAsking = (): void => useLeadAsk.setState({ ask: null })
