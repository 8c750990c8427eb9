import type { AccountId, Pipeline, PipelineId, PipelineStage, RequiredField } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'

type Reader = Pick<Db, 'selectFrom'>

/** The account's pipelines, the main one first, each with its stages in board order. */
export async function listPipelines(db: Reader, accountId: AccountId): Promise<Pipeline[]> {
  const pipelines = await db
    .selectFrom('pipeline')
    .select(['id', 'name', 'is_main'])
    .where('account_id', '=', accountId)
    .orderBy('is_main', 'desc')
    .orderBy('position')
    .orderBy('id')
    .execute()
  const stages = await db
    .selectFrom('stage')
    .select(['pipeline_id', 'id', 'name', 'kind', 'hue', 'required_fields'])
    .where('account_id', '=', accountId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return pipelines.map(({ id, name, is_main }) => ({
    id,
    name,
    isMain: is_main,
    stages: stages
      .filter((stage) => stage.pipeline_id === id)
      .map(
        (stage): PipelineStage => ({
          id: stage.id,
          name: stage.name,
          kind: stage.kind,
          hue: stage.hue,
          requiredFields: stage.required_fields as RequiredField[],
        }),
      ),
  }))
}

/** @throws {AppError} `not_found` */
export async function getPipeline(db: Reader, accountId: AccountId, id: PipelineId): Promise<Pipeline> {
  const pipeline = (await listPipelines(db, accountId)).find((one) => one.id === id)
  if (!pipeline) throw new AppError('not_found', 'There is no such pipeline in this account.')
  return pipeline
}
