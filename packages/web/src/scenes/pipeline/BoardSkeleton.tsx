const CARDS = [4, 3, 5, 2, 3]

/** Where the columns will be; nothing for the first 150 ms. */
export function BoardSkeleton() {
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 gap-1 overflow-hidden p-2">
      {CARDS.map((cards, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
        <div key={column} className="w-[272px] shrink-0 space-y-2 p-1.5">
          <span className="skeleton block h-4 w-2/5" />
          {Array.from({ length: cards }, (_, card) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
            <span key={card} className="skeleton block h-24 rounded-lg" />
          ))}
        </div>
      ))}
    </div>
  )
}
