import type { Lead } from '@parley/protocol/model'
import { useState } from 'react'
import { t } from '../../i18n/t.ts'
import type { Picked, Place } from './picked.ts'
import type { ShownColumn } from './shown-columns.ts'

/** Picking a card up by keyboard, carrying it, and what is said meanwhile. */
export function usePicked() {
  const [picked, setPicked] = useState<Picked | null>(null)
  const [announcement, announce] = useState('')

  function pick(lead: Lead, from: Place) {
    setPicked({ lead, from, at: from })
    announce(t('pipeline.pickedUp', { title: lead.title }))
  }

  function carry(to: Place, columns: readonly ShownColumn[]) {
    const column = columns.find(({ stage }) => stage.id === to.stageId)
    if (!picked || !column) return
    setPicked({ ...picked, at: to })
    // In the column it comes from it is counted already.
    const count = column.cards.length + (to.stageId === picked.at.stageId ? 0 : 1)
    announce(t('pipeline.carried', { stage: column.stage.name, place: to.index + 1, count }))
  }

  function end(said: string) {
    setPicked(null)
    announce(said)
  }

  return { picked, announcement, pick, carry, end }
}
