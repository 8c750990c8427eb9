import type { Lead, Pipeline, PipelineStage } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import { type KeyboardEvent, type Ref, useRef } from 'react'
import type { Move } from '../../data/board/decide.ts'
import { usePipelines } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Dialog } from '../Dialog.tsx'
import { ProblemLine } from '../Notice.tsx'
import { SkeletonRows } from '../SkeletonRows.tsx'
import { toMove } from './act-on-lead.ts'
import { StageDot } from './StageDot.tsx'

interface Props {
  lead: Lead
  onChoose: (move: Move) => void
  onClose: () => void
}

/** The twin of dragging: every stage of every pipeline. Arrows walk, a digit goes to that stage of the lead's own pipeline. */
export function StageDialog({ lead, onChoose, onClose }: Props) {
  const pipelines = usePipelines(true)
  const list = useRef<HTMLDivElement>(null)
  const current = useRef<HTMLButtonElement>(null)
  const own = pipelines.data?.items.find(({ id }) => id === lead.pipeline.id)

  function choose(pipeline: Pipeline, stage: PipelineStage) {
    onClose()
    const isHere = pipeline.id === lead.pipeline.id && stage.id === lead.stage.id
    if (!isHere) onChoose(toMove(pipeline, stage))
  }

  function handleKeyDown(event: KeyboardEvent) {
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : 0
    const stage = digit > 0 && own ? targetsOf(own)[digit - 1] : undefined
    if (stage && own) choose(own, stage)
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const here = buttons.indexOf(document.activeElement as HTMLButtonElement)
    buttons[(here + step + buttons.length) % buttons.length]?.focus()
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('lead.moveTo')}
      description={<bdi>{lead.title}</bdi>}
      initialFocus={current}
    >
      {pipelines.isPending && <SkeletonRows count={6} height={36} />}
      {pipelines.isError && <ProblemLine title={t('lead.stagesFailed')} onRetry={() => void pipelines.refetch()} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the buttons in it */}
      <div ref={list} onKeyDown={handleKeyDown} className="-mx-2 flex flex-col gap-2">
        {pipelines.data?.items.map((pipeline) => (
          <section key={pipeline.id} aria-label={pipeline.name}>
            <h3 className="px-2 py-1 text-2xs font-semibold text-ink-3">
              <bdi>{pipeline.name}</bdi>
            </h3>
            {targetsOf(pipeline).map((stage, index) => (
              <StageButton
                key={stage.id}
                ref={pipeline.id === lead.pipeline.id && stage.id === lead.stage.id ? current : undefined}
                stage={stage}
                digit={pipeline === own && index < 9 ? index + 1 : undefined}
                isCurrent={pipeline.id === lead.pipeline.id && stage.id === lead.stage.id}
                onClick={() => choose(pipeline, stage)}
              />
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  )
}

const targetsOf = ({ stages }: Pipeline) => stages.filter(({ kind }) => kind !== 'incoming')

interface ButtonProps {
  ref: Ref<HTMLButtonElement> | undefined
  stage: PipelineStage
  digit: number | undefined
  isCurrent: boolean
  onClick: () => void
}

function StageButton({ ref, stage, digit, isCurrent, onClick }: ButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      aria-current={isCurrent || undefined}
      onClick={onClick}
      className={clsx(
        'flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-start hover:bg-hover focus-visible:bg-hover pointer-coarse:min-h-11',
        isCurrent && 'font-semibold',
      )}
    >
      <StageDot hue={stage.hue} />
      <bdi className="min-w-0 flex-1 truncate">{stage.name}</bdi>
      {isCurrent && <Check size={15} aria-hidden="true" className="text-accent-ink" />}
      {digit !== undefined && <kbd className="font-sans text-2xs text-ink-3">{digit}</kbd>}
    </button>
  )
}
