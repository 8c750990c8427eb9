export function Logo({ size = 32 }: { size?: number }) {
  return (
    <span
      className="flex items-center justify-center rounded-lg bg-accent text-on-accent"
      style={{ width: size, height: size }}
    >
      <svg width={size * 0.56} height={size * 0.56} viewBox="0 0 18 18" aria-hidden="true">
        <path
          d="M3 4.500A2.500 2.500 0 0 1 5.500 2h7A2.500 2.500 0 0 1 15 4.500v4a2.500 2.500 0 0 1-2.500 2.500H8l-3.200 2.700c-.4.300-1 0-1-.5V11"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.800"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        <circle cx="14" cy="14.500" r="1.800" fill="currentColor" />
      </svg>
    </span>
  )
}
