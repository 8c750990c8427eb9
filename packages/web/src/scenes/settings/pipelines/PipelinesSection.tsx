import type { Pipeline, PipelineId } from '@parley/protocol/model'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { createPipeline } from '../../../data/board/endpoints.ts'
import { usePipelines } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SettingsCard, SettingsPage } from '../SettingsPage.tsx'
import { LossReasons } from './LossReasons.tsx'
import { PipelineList } from './PipelineList.tsx'
import { PipelineSources } from './PipelineSources.tsx'
import { StageList } from './StageList.tsx'
import { usePipelineChange } from './use-pipeline-changes.ts'

/** Pipelines, their stages, why leads are lost: edited where they stand. */
export function PipelinesSection() {
  const pipelines = usePipelines(true)
  const change = usePipelineChange()
  const [chosen, choose] = useState<PipelineId>()
  async function add(copyOf?: Pipeline) {
    const name = copyOf ? t('pipelines.copyName', { name: copyOf.name }) : t('pipelines.newName')
    const made = await change(() => createPipeline({ name, ...(copyOf && { copyOf: copyOf.id }) }))
    if (made) choose(made.id)
  }
  return (
    <SettingsPage
      title={t('pipelines.title')}
      hint={t('pipelines.hint')}
      actions={
        <Button look="primary" onClick={() => void add()}>
          <Plus size={15} aria-hidden="true" />
          {t('pipelines.add')}
        </Button>
      }
    >
      {pipelines.isPending && <SkeletonRows count={8} />}
      {pipelines.isError && (
        <Problem title={t('pipelines.failed')} error={pipelines.error} onRetry={() => void pipelines.refetch()} />
      )}
      {pipelines.data && (
        <Body
          pipelines={pipelines.data.items}
          chosen={chosen}
          onChoose={choose}
          onCopy={(pipeline) => void add(pipeline)}
        />
      )}
    </SettingsPage>
  )
}

interface BodyProps {
  pipelines: readonly Pipeline[]
  chosen: PipelineId | undefined
  onChoose: (id: PipelineId) => void
  onCopy: (pipeline: Pipeline) => void
}

function Body({ pipelines, chosen, onChoose, onCopy }: BodyProps) {
  const current = pipelines.find(({ id }) => id === chosen) ?? pipelines[0]
  return (
    <>
      <SettingsCard title={t('pipelines.all')} hint={t('pipelines.allHint')}>
        <PipelineList pipelines={pipelines} current={current} onChoose={onChoose} onCopy={onCopy} />
      </SettingsCard>
      {current && (
        <>
          <SettingsCard title={t('pipelines.stagesOf', { name: current.name })} hint={t('pipelines.stagesHint')}>
            <StageList key={current.id} pipeline={current} pipelines={pipelines} />
          </SettingsCard>
          <SettingsCard title={t('pipelines.sourcesOf', { name: current.name })} hint={t('pipelines.sourcesHint')}>
            <PipelineSources pipeline={current} />
          </SettingsCard>
        </>
      )}
      <SettingsCard title={t('pipelines.reasons')} hint={t('pipelines.reasonsHint')}>
        <LossReasons />
      </SettingsCard>
    </>
  )
}
