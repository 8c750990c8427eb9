interface Props {
  label: string
  /** Bytes. */
  sent: number
  total: number
}

/** How far a file is, two pixels high. */
export function ProgressLine({ label, sent, total }: Props) {
  const share = Math.min(1, sent / Math.max(1, total))
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(share * 100)}
      className="block h-0.5 w-full overflow-hidden rounded-full bg-accent/20"
    >
      <span
        className="block h-full w-full origin-left bg-accent transition-transform duration-150 rtl:origin-right"
        style={{ transform: `scaleX(${share})` }}
      />
    </span>
  )
}
