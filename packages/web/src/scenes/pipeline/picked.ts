import type { Lead, StageId } from '@parley/protocol/model'

export interface Place {
  stageId: StageId
  index: number
}

/** A card that the keyboard has picked up: where it came from, and where it would be put down. */
export interface Picked {
  lead: Lead
  from: Place
  at: Place
}
