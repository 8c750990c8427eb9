import { lazy, Suspense, useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { useLayer } from '../../../parts/use-layer.ts'
import type { ShownMessage } from '../shown-messages.ts'

const load = () => import('./EarlierTexts.tsx')
const EarlierTexts = lazy(() => load().then((module) => ({ default: module.EarlierTexts })))

/** Says that a message was changed, and shows what it was before. */
export function EditedMark({ message }: { message: ShownMessage }) {
  const [isOpen, setOpen] = useState(false)
  const { layer, button, isNeeded } = useLayer(isOpen, setOpen, load)
  if (message.editedAt === undefined) return null
  return (
    <>
      <button
        type="button"
        {...button}
        aria-haspopup="dialog"
        aria-label={t('message.editedShow')}
        className="relative underline-offset-2 before:absolute before:-inset-x-1 before:-inset-y-1.5 hover:underline"
      >
        {t('message.edited')}
      </button>
      {isNeeded && (
        <Suspense>
          <EarlierTexts layer={layer} message={message} editedAt={message.editedAt} />
        </Suspense>
      )}
    </>
  )
}
