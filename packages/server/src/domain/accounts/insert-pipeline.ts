import {
  type AccountId,
  type PipelineId,
  type RequiredField,
  STAGE_LOST,
  STAGE_WON,
  type StageId,
  type StageKind,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'

export interface NewStage {
  name: string
  kind: StageKind
  hue: number
  /** Of won and lost, which have the same ones everywhere. */
  id?: StageId
  required_fields?: RequiredField[]
}

/** What a pipeline begins with unless it is a copy. */
export const USUAL_STAGES: readonly NewStage[] = [
  { name: 'Incoming leads', kind: 'incoming', hue: 0 },
  { name: 'First contact', kind: 'open', hue: 1 },
  { name: 'Negotiation', kind: 'open', hue: 2 },
  { name: 'Decision', kind: 'open', hue: 3 },
  { name: 'Contract agreed', kind: 'open', hue: 4 },
  { name: 'Won', kind: 'won', hue: 5, id: STAGE_WON },
  { name: 'Lost', kind: 'lost', hue: 6, id: STAGE_LOST },
]

const USUAL_LOSS_REASONS = ['Too expensive', 'Chose somebody else', 'No longer needed', 'Does not answer']

interface NewPipeline {
  name: string
  stages: readonly NewStage[]
  isMain?: boolean
  position?: number
}

export async function insertPipeline(
  tx: Tx,
  accountId: AccountId,
  { name, stages, isMain = false, position = 0 }: NewPipeline,
): Promise<PipelineId> {
  const { id } = await tx
    .insertInto('pipeline')
    .values({ account_id: accountId, name, is_main: isMain, position })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = stages.map((stage, index) => ({ ...stage, account_id: accountId, pipeline_id: id, position: index }))
  await tx.insertInto('stage').values(rows).execute()
  return id
}

/** What a new account begins with. */
export async function insertFirstPipeline(tx: Tx, accountId: AccountId): Promise<void> {
  await insertPipeline(tx, accountId, { name: 'Sales', stages: USUAL_STAGES, isMain: true })
  const reasons = USUAL_LOSS_REASONS.map((name, position) => ({ account_id: accountId, name, position }))
  await tx.insertInto('loss_reason').values(reasons).execute()
}
