import type { Pipeline, PipelineStage } from '@parley/protocol/model'

/** Where an incoming lead goes when it is accepted. */
export interface Target {
  pipeline: Pipeline
  stage: PipelineStage
}

/** The stages work happens in: one does not accept a lead as won or lost. */
export const listTargets = (pipeline: Pipeline): Target[] =>
  pipeline.stages.filter((stage) => stage.kind === 'open').map((stage) => ({ pipeline, stage }))

/** The first open stage of the main pipeline; of another when that has none. */
export function findTarget(pipelines: readonly Pipeline[]): Target | undefined {
  const mainFirst = [...pipelines].sort((a, b) => Number(b.isMain) - Number(a.isMain))
  return mainFirst.flatMap(listTargets)[0]
}
