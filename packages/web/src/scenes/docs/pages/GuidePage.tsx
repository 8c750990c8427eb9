import { useQuery } from '@tanstack/react-query'
import { t } from '../../../i18n/t.ts'
import { Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { type Guide, readGuide } from '../guides.ts'
import { Markdown } from '../markdown/Markdown.tsx'

/** A text of `docs/`, as it stands there. */
export function GuidePage({ guide }: { guide: Guide }) {
  const query = useQuery({ queryKey: ['guide', guide.id], queryFn: () => readGuide(guide) })
  if (query.isError)
    return <Problem title={t('docs.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <SkeletonRows count={8} />
  return (
    <article className="max-w-[760px]">
      <Markdown text={query.data} file={guide.file} />
    </article>
  )
}
