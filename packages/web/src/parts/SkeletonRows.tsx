const WIDTHS = ['w-2/3', 'w-1/2', 'w-3/4', 'w-2/5', 'w-3/5']

interface Props {
  count?: number
  /** As high as the rows that come. */
  height?: number
  /** A disc before each: rows of people. */
  hasDisc?: boolean
}

/** Where rows will be; nothing for the first 150 ms. */
export function SkeletonRows({ count = 8, height = 44, hasDisc = false }: Props) {
  return (
    <div aria-busy="true" className="overflow-hidden">
      {Array.from({ length: count }, (_, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
          key={index}
          className="flex items-center gap-3 px-4"
          style={{ height }}
        >
          {hasDisc && <span className="skeleton size-8 shrink-0 rounded-full" />}
          <span className={`skeleton h-3 ${WIDTHS[index % WIDTHS.length]}`} />
        </div>
      ))}
    </div>
  )
}
