import { useMemo } from 'react'
import { encode } from 'uqr'

interface Props {
  text: string
  /** What it is for, as it cannot be read. */
  label: string
  size?: number
}

/** Black on white in every theme: that is what cameras look for. */
export function QrCode({ text, label, size = 184 }: Props) {
  const { side, path } = useMemo(() => draw(text), [text])
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
      className="shrink-0 rounded-md bg-white"
    >
      <path d={path} fill="black" />
    </svg>
  )
}

function draw(text: string): { side: number; path: string } {
  const { size, data } = encode(text, { ecc: 'M', border: 3 })
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return { side: size, path: squares.join('') }
}
