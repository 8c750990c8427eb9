import type { SearchProblem } from '@parley/protocol/model'
import { t } from '../../i18n/t.ts'

/** Operators that name what there is not. */
export function Problems({ problems }: { problems: readonly SearchProblem[] }) {
  if (problems.length === 0) return null
  return (
    <div role="alert" className="mx-3 my-2 rounded-md bg-warn-soft px-3 py-2">
      <p className="font-medium">{t('search.notUnderstood')}</p>
      <ul className="mt-0.5 text-ink-2">
        {problems.map(({ operator, value, reason }) => (
          <li key={`${operator} ${value}`}>
            <code className="font-mono text-xs">
              {operator}:{value}
            </code>{' '}
            {reason}
          </li>
        ))}
      </ul>
    </div>
  )
}
