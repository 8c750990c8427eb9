import { cloneElement, lazy, type ReactElement, Suspense } from 'react'
import { useTip } from './use-tip.ts'

interface Props {
  label: string
  keys?: string
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactElement<Record<string, unknown>>
}

const load = () => import('./TipPopup.tsx')
const TipPopup = lazy(() => load().then((module) => ({ default: module.TipPopup })))

/** Says what a button without text does, and by which key: after a moment under the pointer, or with the keyboard on it. */
export function Tip({ label, keys, side = 'bottom', children }: Props) {
  const { anchor, isOpen, handlers } = useTip(children.props, load)
  return (
    <>
      {cloneElement(children, handlers)}
      {anchor && (
        <Suspense>
          <TipPopup label={label} keys={keys} side={side} anchor={anchor} isOpen={isOpen} />
        </Suspense>
      )}
    </>
  )
}
