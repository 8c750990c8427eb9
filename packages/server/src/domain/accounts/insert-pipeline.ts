import {
  type AccountId,
  type Language,
  type PipelineId,
  type RequiredField,
  STAGE_LOST,
  STAGE_WON,
  type StageId,
  type StageKind,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { USUAL_WORDS } from './usual-words.ts'

export interface NewStage {
  name: string
  kind: StageKind
  hue: number
  /** Of won and lost, which have the same ones everywhere. */
  id?: StageId
  required_fields?: RequiredField[]
}

/** What a pipeline begins with unless it is a copy, in the account's language. */
export function usualStages(language: Language | null): readonly NewStage[] {
  const [incoming, first, second, third, fourth, won, lost] = USUAL_WORDS[language ?? 'en'].stages
  return [
    { name: incoming, kind: 'incoming', hue: 0 },
    { name: first, kind: 'open', hue: 1 },
    { name: second, kind: 'open', hue: 2 },
    { name: third, kind: 'open', hue: 3 },
    { name: fourth, kind: 'open', hue: 4 },
    { name: won, kind: 'won', hue: 6, id: STAGE_WON },
    { name: lost, kind: 'lost', hue: 5, id: STAGE_LOST },
  ]
}

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

/** What a new account begins with, in its language. */
export async function insertFirstPipeline(tx: Tx, accountId: AccountId, language: Language | null): Promise<void> {
  const { pipeline, lossReasons } = USUAL_WORDS[language ?? 'en']
  await insertPipeline(tx, accountId, { name: pipeline, stages: usualStages(language), isMain: true })
  const reasons = lossReasons.map((name, position) => ({ account_id: accountId, name, position }))
  await tx.insertInto('loss_reason').values(reasons).execute()
}
