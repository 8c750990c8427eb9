import { Play } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { ApiDocument } from '../../../data/docs/openapi.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { PagePart } from '../pages/PageParts.tsx'
import type { OperationPage } from '../reference.ts'

const TryIt = lazy(() => import('./TryIt.tsx').then((module) => ({ default: module.TryIt })))

/** Neither a stream nor a file goes through a form. */
function canBeTried({ operation }: OperationPage): boolean {
  const types = Object.keys(operation.requestBody?.content ?? {})
  return operation.operationId !== 'getRealtime' && types.every((type) => type === 'application/json')
}

/** Nobody is asked who he is before he wants to try something. */
export function TryPart({ page, document }: { page: OperationPage; document: ApiDocument }) {
  const [isOpen, setOpen] = useState(false)
  if (!canBeTried(page)) return null
  return (
    <div className="print:hidden">
      <PagePart title={t('docs.try.title')}>
        {isOpen ? (
          <Suspense fallback={<SkeletonRows count={3} />}>
            <TryIt page={page} document={document} />
          </Suspense>
        ) : (
          <div>
            <Button onClick={() => setOpen(true)}>
              <Play size={15} aria-hidden="true" />
              {t(page.book === 'chats' ? 'docs.try.beginSigned' : 'docs.try.begin')}
            </Button>
          </div>
        )}
      </PagePart>
    </div>
  )
}
