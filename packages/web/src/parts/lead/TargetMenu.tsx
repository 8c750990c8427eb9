import type { Pipeline } from '@parley/protocol/model'
import { ChevronDown } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { useLayer } from '../../parts/use-layer.ts'
import { StageDot } from './StageDot.tsx'
import type { Target } from './targets.ts'

const load = () => import('./TargetMenuPopup.tsx')
const TargetMenuPopup = lazy(() => load().then((module) => ({ default: module.TargetMenuPopup })))

interface Props {
  target: Target
  pipelines: readonly Pipeline[]
  onChoose: (target: Target) => void
}

/** Where the lead goes when it is accepted. */
export function TargetMenu({ target, pipelines, onChoose }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { layer, button, isNeeded } = useLayer(isOpen, setOpen, load)
  const names = { pipeline: target.pipeline.name, stage: target.stage.name }
  return (
    <>
      <button
        {...button}
        type="button"
        aria-haspopup="menu"
        aria-label={t('lead.chooseTarget', names)}
        className="mt-2.5 flex h-8 w-full items-center gap-2 rounded-md bg-surface px-2.5 text-start shadow-[inset_0_0_0_1px_var(--line)] hover:bg-hover pointer-coarse:h-10 dark:bg-raised"
      >
        <StageDot hue={target.stage.hue} />
        <bdi className="min-w-0 flex-1 truncate">{t('lead.target', names)}</bdi>
        <ChevronDown size={14} aria-hidden="true" className="shrink-0 text-ink-3" />
      </button>
      {isNeeded && (
        <Suspense>
          <TargetMenuPopup layer={layer} target={target} pipelines={pipelines} onChoose={onChoose} />
        </Suspense>
      )}
    </>
  )
}
